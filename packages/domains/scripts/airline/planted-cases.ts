import { card, certificate, giftCard, parsePerson, type PlantedCase } from "./planted-case.ts";

/** Customers of tasks about bookings. The comments name the tasks. */
const plantedBookings: readonly PlantedCase[] = [
  // book_with_third_bag
  {
    customer: parsePerson("Freya Lindqvist 1984-02-19"),
    digits: "4417",
    membership: "silver",
    methods: [card("5120987", "visa", "3308")],
  },
  // book_certificate_gift_card_then_card
  {
    customer: parsePerson("Desmond Okafor 1979-11-03"),
    digits: "2085",
    membership: "regular",
    methods: [certificate("2947310", 100), certificate("7708146", 250), giftCard("4419053", 73), card("3352761", "mastercard", "7714")],
    companions: [parsePerson("Odette Okafor 1981-06-27")],
  },
  // book_two_certificates_two_reservations
  {
    customer: parsePerson("Rafael Ibarra 1988-01-30"),
    digits: "7730",
    membership: "gold",
    methods: [certificate("1180463", 100), card("6094218", "visa", "2259"), certificate("5539027", 100)],
    companions: [parsePerson("Ximena Ibarra 1990-09-14")],
  },
  // book_one_stop_with_insurance
  {
    customer: parsePerson("Zoltan Marchetti 1966-12-05"),
    digits: "7364",
    membership: "gold",
    methods: [giftCard("7751934", 210), card("1846350", "mastercard", "9063")],
    companions: [parsePerson("Vera Marchetti 1969-08-23")],
  },
];

/** Customers of tasks about cancellations. The comments name the tasks. */
const plantedCancellations: readonly PlantedCase[] = [
  // cancel_insured_for_illness
  {
    customer: parsePerson("Thandi Abara 1985-07-12"),
    digits: "3164",
    membership: "silver",
    methods: [card("8230716", "visa", "5541")],
    companions: [parsePerson("Samir Abara 1983-03-05")],
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
    customer: parsePerson("Viktor Dragomir 1976-04-08"),
    digits: "5592",
    membership: "regular",
    methods: [card("4701829", "mastercard", "1187"), giftCard("2260481", 35)],
    companions: [parsePerson("Ilse Dragomir 1978-10-21"), parsePerson("Katya Dragomir 2003-05-16")],
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
    customer: parsePerson("Zuri Winslow 1993-03-27"),
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
    customer: parsePerson("Henrik Vandermeer 1971-09-09"),
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
    customer: parsePerson("Marguerite Fontaine 1962-06-18"),
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
    customer: parsePerson("Malik Stavros 1989-05-31"),
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
    customer: parsePerson("Anouk Cloutier 1980-08-11"),
    digits: "4783",
    membership: "regular",
    methods: [card("6635091", "mastercard", "3924")],
    companions: [parsePerson("Basil Cloutier 1982-02-02")],
    trips: [{ id: "E3VJ7S", cabin: "economy", legs: [[12, 14, 119]], paidBy: "credit_card_6635091", created: "05 14:22:13", bags: 1 }],
  },
  // cancel_promised_on_the_phone
  {
    customer: parsePerson("Ulrich Fairbanks 1958-10-15"),
    digits: "2658",
    membership: "regular",
    methods: [card("5871460", "visa", "0917")],
    trips: [{ id: "D6YW9Q", cabin: "economy", legs: [[9, 27, 147]], paidBy: "credit_card_5871460", created: "07 11:03:29" }],
  },
];

/** Customers of tasks about changes. The comments name the tasks. */
const plantedChanges: readonly PlantedCase[] = [
  // basic_economy_upgrade_instead_of_new_date
  {
    customer: parsePerson("Basil Novak 1995-12-22"),
    digits: "2740",
    membership: "regular",
    methods: [card("1427806", "visa", "6658")],
    trips: [{ id: "T4RG6W", cabin: "basic_economy", legs: [[11, 21, 62]], paidBy: "credit_card_1427806", created: "11 13:40:07" }],
  },
  // move_to_cheapest_flight_next_day
  {
    customer: parsePerson("Leona Castellano 1974-01-25"),
    digits: "8153",
    membership: "silver",
    methods: [card("2903745", "mastercard", "5210"), giftCard("8035127", 40)],
    companions: [parsePerson("Lorenzo Castellano 1972-07-04")],
    trips: [{ id: "M6HD3Y", cabin: "economy", legs: [[6, 21, 182]], paidBy: "credit_card_2903745", created: "04 07:58:44", bags: 2 }],
  },
  // upgrade_one_passenger_only
  {
    customer: parsePerson("Jonas Eriksen 1969-11-17"),
    digits: "4602",
    membership: "silver",
    methods: [card("7340628", "visa", "1873")],
    companions: [parsePerson("Sigrid Eriksen 1970-04-29")],
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
    customer: parsePerson("Adela Rosenthal 1983-05-08"),
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
    customer: parsePerson("Keiko Thackeray 1991-07-07"),
    digits: "8420",
    membership: "gold",
    methods: [certificate("4073915", 250), giftCard("9218046", 60), card("6128350", "visa", "4409")],
    trips: [{ id: "A9TM5C", cabin: "economy", legs: [[4, 22, 122]], paidBy: "credit_card_6128350", created: "06 22:45:18", bags: 1 }],
  },
  // move_return_only
  {
    customer: parsePerson("Oskar Zielinski 1977-02-13"),
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
    customer: parsePerson("Quentin Hollis 1987-09-30"),
    digits: "6091",
    membership: "regular",
    methods: [card("9056837", "mastercard", "8152")],
    trips: [{ id: "U6RF4X", cabin: "economy", legs: [[15, 29, 133]], paidBy: "credit_card_9056837", created: "05 21:33:11" }],
  },
  // add_two_bags
  {
    customer: parsePerson("Yasmin Haddad 1986-10-10"),
    digits: "7519",
    membership: "gold",
    methods: [card("3810495", "visa", "9947"), giftCard("6627408", 115)],
    companions: [parsePerson("Farid Haddad 1984-12-01")],
    trips: [{ id: "C8WY2N", cabin: "economy", legs: [[12, 23, 158]], paidBy: "credit_card_3810495", created: "07 10:52:26", bags: 5 }],
  },
  // remove_bag_and_add_insurance
  {
    customer: parsePerson("Wendell Pruitt 1964-03-03"),
    digits: "3978",
    membership: "regular",
    methods: [card("5763021", "mastercard", "0568")],
    companions: [parsePerson("Rosalind Pruitt 1966-06-20")],
    trips: [{ id: "N5JT7B", cabin: "economy", legs: [[7, 30, 126]], paidBy: "credit_card_5763021", created: "08 16:19:58", bags: 2 }],
  },
  // correct_passenger_name
  {
    customer: parsePerson("Esteban Uribe 1973-08-19"),
    digits: "5048",
    membership: "regular",
    methods: [card("2071963", "visa", "3682")],
    companions: [parsePerson("Carmen Uribe 1975-01-08"), parsePerson("Tamsin Uribe 1997-04-24")],
    trips: [
      {
        id: "Q4VD8J",
        cabin: "basic_economy",
        legs: [[5, 25, 71]],
        passengers: [
          parsePerson("Esteban Uribe 1973-08-19"),
          parsePerson("Carmen Uribe 1975-01-08"),
          parsePerson("Tasmin Urbie 1979-04-24"),
        ],
        paidBy: "credit_card_2071963",
        created: "10 09:25:47",
      },
    ],
  },
  // add_a_passenger
  {
    customer: parsePerson("Tamsin Greenwald 1994-11-29"),
    digits: "2216",
    membership: "silver",
    methods: [card("8649170", "visa", "5093")],
    trips: [{ id: "X9BK5T", cabin: "economy", legs: [[6, 26, 119]], paidBy: "credit_card_8649170", created: "12 19:44:05", bags: 1 }],
  },
];

/** Customers of tasks about compensation. The comments name the tasks. */
const plantedCompensations: readonly PlantedCase[] = [
  // compensation_cancelled_flight
  {
    customer: parsePerson("Celeste Moreau 1970-02-28"),
    digits: "6240",
    membership: "gold",
    methods: [card("1358274", "mastercard", "6791")],
    companions: [parsePerson("Yves Moreau 1968-09-01"), parsePerson("Odette Moreau 2001-12-12")],
    trips: [{ id: "G2SX9K", cabin: "economy", legs: [[10, 14, 144]], paidBy: "credit_card_1358274", created: "02 08:30:15", bags: 4 }],
  },
  // compensation_claimed_by_regular_member
  {
    customer: parsePerson("Gustavo Valdez 1981-05-05"),
    digits: "1375",
    membership: "regular",
    methods: [card("7926408", "visa", "2384")],
    companions: [parsePerson("Carmen Valdez 1983-10-26")],
    trips: [{ id: "F7MN4P", cabin: "economy", legs: [[13, 15, 134]], paidBy: "credit_card_7926408", created: "06 13:11:54", bags: 2 }],
  },
  // compensation_delay_after_change
  {
    customer: parsePerson("Nadia Kowalczyk 1990-06-06"),
    digits: "8896",
    membership: "silver",
    methods: [card("4693815", "mastercard", "7750")],
    companions: [parsePerson("Nikolai Kowalczyk 1988-08-08")],
    trips: [{ id: "H6QC3Z", cabin: "economy", legs: [[13, 15, 126]], paidBy: "credit_card_4693815", created: "03 20:50:33", bags: 2 }],
  },
];

/** Customers of the tasks, one per task. */
export const plantedCases: readonly PlantedCase[] = [
  ...plantedBookings,
  ...plantedCancellations,
  ...plantedChanges,
  ...plantedCompensations,
];
