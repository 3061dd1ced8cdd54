import { card, certificate, giftCard, person, type PlantedCase } from "./planted-case.ts";

/** Customers who want another flight, cabin, bag or name. The comments name the tasks. */
export const plantedChanges: readonly PlantedCase[] = [
  // basic_economy_upgrade_instead_of_new_date
  {
    customer: person("Basil Novak 1995-12-22"),
    digits: "2740",
    membership: "regular",
    methods: [card("1427806", "visa", "6658")],
    trips: [{ id: "T4RG6W", cabin: "basic_economy", legs: [[11, 21, 62]], paidBy: "credit_card_1427806", created: "11 13:40:07" }],
  },
  // move_to_cheapest_flight_next_day
  {
    customer: person("Leona Castellano 1974-01-25"),
    digits: "8153",
    membership: "silver",
    methods: [card("2903745", "mastercard", "5210"), giftCard("8035127", 40)],
    companions: [person("Lorenzo Castellano 1972-07-04")],
    trips: [{ id: "M6HD3Y", cabin: "economy", legs: [[6, 21, 182]], paidBy: "credit_card_2903745", created: "04 07:58:44", bags: 2 }],
  },
  // upgrade_one_passenger_only
  {
    customer: person("Jonas Eriksen 1969-11-17"),
    digits: "4602",
    membership: "silver",
    methods: [card("7340628", "visa", "1873")],
    companions: [person("Sigrid Eriksen 1970-04-29")],
    trips: [
      {
        id: "V3LB8Q",
        cabin: "economy",
        legs: [
          [2, 27, 131],
          [4, 30, 117],
        ],
        paidBy: "credit_card_7340628",
        created: "03 18:12:35",
        bags: 2,
      },
    ],
  },
  // downgrade_business_for_refund
  {
    customer: person("Adela Rosenthal 1983-05-08"),
    digits: "9461",
    membership: "silver",
    methods: [card("8514273", "mastercard", "2046"), certificate("3690571", 100)],
    trips: [
      {
        id: "L2GW6F",
        cabin: "business",
        legs: [
          [1, 18, 612],
          [5, 25, 574],
        ],
        paidBy: "credit_card_8514273",
        created: "01 15:27:52",
        bags: 1,
      },
    ],
  },
  // upgrade_paid_by_card_after_all
  {
    customer: person("Keiko Thackeray 1991-07-07"),
    digits: "8420",
    membership: "gold",
    methods: [certificate("4073915", 250), giftCard("9218046", 60), card("6128350", "visa", "4409")],
    trips: [{ id: "A9TM5C", cabin: "economy", legs: [[4, 22, 122]], paidBy: "credit_card_6128350", created: "06 22:45:18", bags: 1 }],
  },
  // move_return_only
  {
    customer: person("Oskar Zielinski 1977-02-13"),
    digits: "1950",
    membership: "silver",
    methods: [card("4285019", "visa", "7331"), giftCard("3176542", 25)],
    trips: [
      {
        id: "W3XK8N",
        cabin: "economy",
        legs: [
          [15, 20, 108],
          [17, 23, 112],
        ],
        paidBy: "credit_card_4285019",
        created: "09 17:06:39",
        bags: 1,
      },
    ],
  },
  // another_destination_refused
  {
    customer: person("Quentin Hollis 1987-09-30"),
    digits: "6091",
    membership: "regular",
    methods: [card("9056837", "mastercard", "8152")],
    trips: [{ id: "U6RF4X", cabin: "economy", legs: [[15, 29, 133]], paidBy: "credit_card_9056837", created: "05 21:33:11" }],
  },
  // add_two_bags
  {
    customer: person("Yasmin Haddad 1986-10-10"),
    digits: "7519",
    membership: "gold",
    methods: [card("3810495", "visa", "9947"), giftCard("6627408", 115)],
    companions: [person("Farid Haddad 1984-12-01")],
    trips: [{ id: "C8WY2N", cabin: "economy", legs: [[12, 23, 158]], paidBy: "credit_card_3810495", created: "07 10:52:26", bags: 5 }],
  },
  // remove_bag_and_add_insurance
  {
    customer: person("Wendell Pruitt 1964-03-03"),
    digits: "3978",
    membership: "regular",
    methods: [card("5763021", "mastercard", "0568")],
    companions: [person("Rosalind Pruitt 1966-06-20")],
    trips: [{ id: "N5JT7B", cabin: "economy", legs: [[7, 30, 126]], paidBy: "credit_card_5763021", created: "08 16:19:58", bags: 2 }],
  },
  // correct_passenger_name
  {
    customer: person("Esteban Uribe 1973-08-19"),
    digits: "5048",
    membership: "regular",
    methods: [card("2071963", "visa", "3682")],
    companions: [person("Carmen Uribe 1975-01-08"), person("Tamsin Uribe 1997-04-24")],
    trips: [
      {
        id: "Q4VD8J",
        cabin: "basic_economy",
        legs: [[5, 25, 71]],
        passengers: [person("Esteban Uribe 1973-08-19"), person("Carmen Uribe 1975-01-08"), person("Tasmin Urbie 1979-04-24")],
        paidBy: "credit_card_2071963",
        created: "10 09:25:47",
      },
    ],
  },
  // add_a_passenger
  {
    customer: person("Tamsin Greenwald 1994-11-29"),
    digits: "2216",
    membership: "silver",
    methods: [card("8649170", "visa", "5093")],
    trips: [{ id: "X9BK5T", cabin: "economy", legs: [[6, 26, 119]], paidBy: "credit_card_8649170", created: "12 19:44:05", bags: 1 }],
  },
];
