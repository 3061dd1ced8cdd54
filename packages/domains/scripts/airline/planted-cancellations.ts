import { card, certificate, giftCard, person, type PlantedCase } from "./planted-case.ts";

/** Customers who want to cancel. The comments name the tasks. */
export const plantedCancellations: readonly PlantedCase[] = [
  // cancel_insured_for_illness
  {
    customer: person("Thandi Abara 1985-07-12"),
    digits: "3164",
    membership: "silver",
    methods: [card("8230716", "visa", "5541")],
    companions: [person("Samir Abara 1983-03-05")],
    trips: [
      {
        id: "K3PW7D",
        cabin: "economy",
        legs: [
          [6, 22, 112],
          [8, 27, 105],
        ],
        paidBy: "credit_card_8230716",
        created: "06 11:42:10",
        bags: 2,
        insured: true,
      },
    ],
  },
  // cancel_insured_change_of_plans
  {
    customer: person("Viktor Dragomir 1976-04-08"),
    digits: "5592",
    membership: "regular",
    methods: [card("4701829", "mastercard", "1187"), giftCard("2260481", 35)],
    companions: [person("Ilse Dragomir 1978-10-21"), person("Katya Dragomir 2003-05-16")],
    trips: [
      {
        id: "J5RT2M",
        cabin: "economy",
        legs: [[11, 28, 134]],
        paidBy: "credit_card_4701829",
        created: "04 19:20:55",
        bags: 3,
        insured: true,
      },
    ],
  },
  // cancel_within_a_day
  {
    customer: person("Zuri Winslow 1993-03-27"),
    digits: "1846",
    membership: "regular",
    methods: [card("7192035", "visa", "8820")],
    trips: [
      { id: "W5TN9C", cabin: "economy", legs: [[2, 26, 129]], paidBy: "credit_card_7192035", created: "01 08:14:36", bags: 1 },
      { id: "B8QM2X", cabin: "basic_economy", legs: [[5, 19, 78]], paidBy: "credit_card_7192035", created: "14 21:05:33" },
    ],
  },
  // cancel_business_but_not_economy
  {
    customer: person("Henrik Vandermeer 1971-09-09"),
    digits: "9027",
    membership: "silver",
    methods: [card("2586147", "mastercard", "4476"), certificate("8361209", 150)],
    trips: [
      { id: "J7FX4R", cabin: "business", legs: [[4, 26, 455]], paidBy: "credit_card_2586147", created: "03 16:31:02", bags: 1 },
      { id: "D2KV8L", cabin: "economy", legs: [[3, 24, 124]], paidBy: "credit_card_2586147", created: "09 12:48:19" },
    ],
  },
  // cancel_trip_already_begun
  {
    customer: person("Marguerite Fontaine 1962-06-18"),
    digits: "6381",
    membership: "gold",
    methods: [card("9407352", "visa", "6035"), giftCard("1093876", 140)],
    trips: [
      {
        id: "P9ZC5H",
        cabin: "economy",
        legs: [
          [12, 13, 161],
          [10, 18, 173],
        ],
        paidBy: "credit_card_9407352",
        created: "02 10:09:41",
        bags: 2,
        insured: true,
      },
    ],
  },
  // cancel_everything_possible
  {
    customer: person("Malik Stavros 1989-05-31"),
    digits: "3507",
    membership: "silver",
    methods: [card("3968204", "visa", "7192"), giftCard("5504713", 90)],
    trips: [
      { id: "S5CX8V", cabin: "business", legs: [[9, 30, 487]], paidBy: "credit_card_3968204", created: "02 17:55:28" },
      { id: "R4NZ6G", cabin: "economy", legs: [[1, 22, 137]], paidBy: "credit_card_3968204", created: "08 09:37:50", insured: true },
      { id: "Z8HB2D", cabin: "basic_economy", legs: [[5, 24, 66]], paidBy: "credit_card_3968204", created: "10 20:16:04" },
      { id: "Y7PT3M", cabin: "economy", legs: [[14, 29, 115]], paidBy: "credit_card_3968204", created: "14 18:30:47" },
    ],
  },
  // cancel_after_airline_cancelled
  {
    customer: person("Anouk Cloutier 1980-08-11"),
    digits: "4783",
    membership: "regular",
    methods: [card("6635091", "mastercard", "3924")],
    companions: [person("Basil Cloutier 1982-02-02")],
    trips: [{ id: "E3VJ7S", cabin: "economy", legs: [[12, 14, 119]], paidBy: "credit_card_6635091", created: "05 14:22:13", bags: 1 }],
  },
  // cancel_promised_on_the_phone
  {
    customer: person("Ulrich Fairbanks 1958-10-15"),
    digits: "2658",
    membership: "regular",
    methods: [card("5871460", "visa", "0917")],
    trips: [{ id: "D6YW9Q", cabin: "economy", legs: [[9, 27, 147]], paidBy: "credit_card_5871460", created: "07 11:03:29" }],
  },
];
