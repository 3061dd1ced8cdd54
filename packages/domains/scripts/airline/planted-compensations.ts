import { card, person, type PlantedCase } from "./planted-case.ts";

/** Customers who want something for their trouble. The comments name the tasks. */
export const plantedCompensations: readonly PlantedCase[] = [
  // compensation_cancelled_flight
  {
    customer: person("Celeste Moreau 1970-02-28"),
    digits: "6240",
    membership: "gold",
    methods: [card("1358274", "mastercard", "6791")],
    companions: [person("Yves Moreau 1968-09-01"), person("Odette Moreau 2001-12-12")],
    trips: [{ id: "G2SX9K", cabin: "economy", legs: [[10, 14, 144]], paidBy: "credit_card_1358274", created: "02 08:30:15", bags: 4 }],
  },
  // compensation_claimed_by_regular_member
  {
    customer: person("Gustavo Valdez 1981-05-05"),
    digits: "1375",
    membership: "regular",
    methods: [card("7926408", "visa", "2384")],
    companions: [person("Carmen Valdez 1983-10-26")],
    trips: [{ id: "F7MN4P", cabin: "economy", legs: [[13, 15, 134]], paidBy: "credit_card_7926408", created: "06 13:11:54", bags: 2 }],
  },
  // compensation_delay_after_change
  {
    customer: person("Nadia Kowalczyk 1990-06-06"),
    digits: "8896",
    membership: "silver",
    methods: [card("4693815", "mastercard", "7750")],
    companions: [person("Nikolai Kowalczyk 1988-08-08")],
    trips: [{ id: "H6QC3Z", cabin: "economy", legs: [[13, 15, 126]], paidBy: "credit_card_4693815", created: "03 20:50:33", bags: 2 }],
  },
];
