import { card, certificate, giftCard, person, type PlantedCase } from "./planted-case.ts";

/** Customers who want to book. The comments name the tasks. */
export const plantedBookings: readonly PlantedCase[] = [
  // book_with_third_bag
  {
    customer: person("Freya Lindqvist 1984-02-19"),
    digits: "4417",
    membership: "silver",
    methods: [card("5120987", "visa", "3308")],
  },
  // book_certificate_gift_card_then_card
  {
    customer: person("Desmond Okafor 1979-11-03"),
    digits: "2085",
    membership: "regular",
    methods: [certificate("2947310", 100), certificate("7708146", 250), giftCard("4419053", 73), card("3352761", "mastercard", "7714")],
    companions: [person("Odette Okafor 1981-06-27")],
  },
  // book_two_certificates_two_reservations
  {
    customer: person("Rafael Ibarra 1988-01-30"),
    digits: "7730",
    membership: "gold",
    methods: [certificate("1180463", 100), card("6094218", "visa", "2259"), certificate("5539027", 100)],
    companions: [person("Ximena Ibarra 1990-09-14")],
  },
  // book_one_stop_with_insurance
  {
    customer: person("Zoltan Marchetti 1966-12-05"),
    digits: "7364",
    membership: "gold",
    methods: [giftCard("7751934", 210), card("1846350", "mastercard", "9063")],
    companions: [person("Vera Marchetti 1969-08-23")],
  },
];
