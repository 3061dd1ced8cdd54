import { beforeEach, describe, expect, test } from "vitest";
import { parseReservation, createBooking, createSmallAirline } from "../../../test/airline/small-airline.ts";

let desk: ReturnType<typeof createSmallAirline>;
const book = (changes: Record<string, unknown> = {}) => desk.call("book_reservation", createBooking(changes));
const paying = (...payments: [string, number][]) => ({ payment_methods: payments.map(([payment_id, amount]) => ({ payment_id, amount })) });
const seats = () => desk.db.flights["HAT001"]!.dates["2024-05-20"];

beforeEach(() => {
  desk = createSmallAirline();
});

describe("book_reservation", () => {
  test("stores the reservation with the current fare and time, and takes seats", () => {
    expect(book().content).toBe(
      '{"reservation_id": "HATHAT", "user_id": "ana_ruiz_1001", "origin": "SFO", "destination": "JFK", "flight_type": "one_way", "cabin": "economy", ' +
        '"flights": [{"flight_number": "HAT001", "origin": "SFO", "destination": "JFK", "date": "2024-05-20", "price": 150}], ' +
        '"passengers": [{"first_name": "Ana", "last_name": "Ruiz", "dob": "1980-01-01"}], "payment_history": [{"payment_id": "credit_card_1", "amount": 150}], ' +
        '"created_at": "2024-05-15T15:00:00", "total_baggages": 0, "nonfree_baggages": 0, "insurance": "no", "status": null}',
    );
    expect(desk.db.users["ana_ruiz_1001"]!.reservations).toEqual(["AAA111", "HATHAT"]);
    expect(seats()).toMatchObject({ available_seats: { basic_economy: 5, economy: 4, business: 5 } });
  });

  test("charges 30 dollars per passenger for insurance and 50 per paid bag", () => {
    const extras = { insurance: "yes", total_baggages: 3, nonfree_baggages: 1 };
    expect(book({ ...extras, ...paying(["credit_card_1", 230]) }).error).toBe(false);
  });

  test("fails with both amounts if the payments are not the price", () => {
    expect(book(paying(["credit_card_1", 149])).content).toBe("Error: Payment amount does not add up, total price is 150, but paid 149");
    expect(desk.diff().agent).toEqual([]);
  });

  test("does not compare origin, destination and kind of trip with the flights", () => {
    expect(parseReservation(book({ origin: "XXX", destination: "YYY", flight_type: "round_trip" }))).toMatchObject({
      origin: "XXX",
      destination: "YYY",
    });
  });

  test("assigns three ids, so a fourth booking fails", () => {
    const ids = [1, 2, 3].map(() => parseReservation(book()).reservation_id);
    expect(ids).toEqual(["HATHAT", "HATHAU", "HATHAV"]);
    expect(book().content).toBe("Error: Too many reservations");
  });
});

describe("payments of a booking", () => {
  test("take the amount from a gift card and the whole value of a certificate", () => {
    book(paying(["certificate_1", 100], ["gift_card_1", 50]));
    const { payment_methods } = desk.db.users["ana_ruiz_1001"]!;
    expect(payment_methods["gift_card_1"]).toMatchObject({ amount: 70 });
    expect(payment_methods).not.toHaveProperty("certificate_1");
  });

  test("require a known method with a sufficient balance", () => {
    expect(book(paying(["gift_card_1", 150])).content).toBe("Error: Not enough balance in payment method gift_card_1");
    expect(book(paying(["gift_card_9", 150])).content).toBe("Error: Payment method gift_card_9 not found");
  });

  test("can make a gift card negative that is listed twice", () => {
    expect(book(paying(["gift_card_1", 75], ["gift_card_1", 75])).error).toBe(false);
    expect(desk.db.users["ana_ruiz_1001"]!.payment_methods["gift_card_1"]).toMatchObject({ amount: -30 });
  });

  test("stay taken when a certificate that is listed twice makes the booking fail", () => {
    expect(book(paying(["gift_card_1", 50], ["certificate_1", 50], ["certificate_1", 50])).error).toBe(true);
    expect(desk.diff().agent.map(({ path, op }) => `${op} ${path.at(-2)}.${path.at(-1)}`)).toEqual([
      "remove payment_methods.certificate_1",
      "replace gift_card_1.amount",
    ]);
  });
});

describe("flights of a booking", () => {
  const on = (flight_number: string, date: string) => ({ flights: [{ flight_number, date }] });

  test("must be on sale on their date", () => {
    expect(book(on("HAT009", "2024-05-20")).content).toBe("Error: Flight HAT009 not found");
    expect(book(on("HAT001", "2024-06-20")).content).toBe("Error: Flight HAT001 not found on date 2024-06-20");
    expect(book(on("HAT001", "2024-05-14")).content).toBe("Error: Flight HAT001 not available on date 2024-05-14");
  });

  test("need a free seat for each passenger", () => {
    const two = [1, 2].map(() => ({ first_name: "A", last_name: "B", dob: "2000-01-01" }));
    expect(book({ ...on("HAT001", "2024-05-21"), passengers: two }).content).toBe("Error: Not enough seats on flight HAT001");
  });

  test("can make seats negative, since all legs are checked before seats are taken", () => {
    const twice = [1, 2].map(() => ({ flight_number: "HAT001", date: "2024-05-21" }));
    expect(book({ flights: twice, ...paying(["credit_card_1", 320]) }).error).toBe(false);
    expect(desk.db.flights["HAT001"]!.dates["2024-05-21"]).toMatchObject({ available_seats: { economy: -1 } });
  });
});

test("book_reservation names a malformed argument and does not change the database", () => {
  expect(book({ passengers: [{ first_name: "Ana", last_name: "Ruiz" }] }).content).toContain("'passengers[0].dob' is missing");
  expect(book({ cabin: "first" }).content).toContain("argument 'cabin'");
  expect(book({ total_baggages: 1.5 }).content).toContain("argument 'total_baggages'");
  expect(desk.diff().agent).toEqual([]);
});
