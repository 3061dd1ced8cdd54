import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createAirlineDatabase, serializeDatabase } from "../../scripts/airline/database.ts";
import { airline, type Reservation } from "../../src/airline/index.ts";
import type { FlightDate } from "../../src/airline/schema.ts";
import { loadData } from "../../src/data/index.ts";

const { flights, users, reservations } = loadData(airline, { dataDir: null }).db;
const now = "2024-05-15T15:00:00";

test("the generator reproduces the committed airline database byte for byte", () => {
  const committed = readFileSync(new URL("../../data/airline/db.json", import.meta.url), "utf8");
  expect(serializeDatabase(createAirlineDatabase()) === committed).toBe(true);
});

describe("the starter database of airline", () => {
  test("has customers, reservations, payment methods and flights of every status", () => {
    expect(Object.keys(users).length).toBeGreaterThanOrEqual(60);
    expect(Object.keys(reservations).length).toBeGreaterThanOrEqual(200);
    const statuses = Object.values(flights).flatMap(({ dates }) => Object.values(dates).map(({ status }) => status));
    expect(new Set(statuses)).toEqual(new Set(["available", "landed", "cancelled", "delayed", "flying", "on time"]));
    const sources = Object.values(users).flatMap(({ payment_methods }) => Object.values(payment_methods).map(({ source }) => source));
    expect(new Set(sources)).toEqual(new Set(["credit_card", "gift_card", "certificate"]));
  });

  test("stores every record under its id", () => {
    for (const [id, { flight_number }] of Object.entries(flights)) expect(flight_number).toBe(id);
    for (const [id, { user_id, payment_methods }] of Object.entries(users)) {
      expect(user_id).toBe(id);
      for (const [key, method] of Object.entries(payment_methods)) expect(method.id).toBe(key);
    }
    for (const [id, { reservation_id }] of Object.entries(reservations)) expect(reservation_id).toBe(id);
  });

  test("does not use the ids that the tools assign", () => {
    expect(Object.keys(reservations).filter((id) => id.startsWith("HATHA"))).toEqual([]);
    expect(listPaymentIds().filter((id) => id.startsWith("certificate_322132"))).toEqual([]);
  });

  test("does not share payment methods between customers", () => {
    expect(new Set(listPaymentIds()).size).toBe(listPaymentIds().length);
  });

  test("lists each reservation once, with its customer, oldest first", () => {
    const listed = Object.values(users).flatMap(({ user_id, reservations: own }) => own.map((id) => [id, user_id]));
    expect(new Map(listed as [string, string][])).toEqual(new Map(Object.values(reservations).map((r) => [r.reservation_id, r.user_id])));
    expect(listed).toHaveLength(Object.keys(reservations).length);
    for (const { reservations: own } of Object.values(users)) {
      const created = own.map((id) => reservations[id]!.created_at);
      expect(created).toEqual(created.toSorted());
    }
  });
});

describe("each reservation of the airline starter database", () => {
  const all = Object.values(reservations);

  test("is paid in full by a card or gift card of its customer", () => {
    for (const { user_id, flights: legs, passengers, insurance, payment_history, nonfree_baggages } of all) {
      const each = legs.reduce((sum, { price }) => sum + price, 0) + (insurance === "yes" ? 30 : 0);
      expect(payment_history).toEqual([{ payment_id: expect.any(String), amount: each * passengers.length }]);
      expect(users[user_id]!.payment_methods[payment_history[0]!.payment_id]!.source).not.toBe("certificate");
      expect(nonfree_baggages).toBe(0);
    }
  });

  test("has existing legs that connect in place and time", () => {
    for (const { flights: legs } of all) {
      legs.forEach((leg, i) => {
        const flight = flights[leg.flight_number]!;
        expect({ origin: flight.origin, destination: flight.destination }).toEqual({ origin: leg.origin, destination: leg.destination });
        expect(flight.dates[leg.date]).toBeDefined();
        const before = legs[i - 1];
        if (!before) return;
        expect(before.destination).toBe(leg.origin);
        const arrival = `${before.date}T${flights[before.flight_number]!.scheduled_arrival_time_est}`;
        expect(`${leg.date}T${flight.scheduled_departure_time_est}` > arrival).toBe(true);
      });
    }
  });

  test("leads from its origin to its destination, and back on a round trip", () => {
    for (const { flights: legs, origin, destination, flight_type } of all) {
      expect(legs[0]!.origin).toBe(origin);
      expect(legs.at(-1)!.destination).toBe(flight_type === "one_way" ? destination : origin);
      expect(legs.map((leg) => leg.destination)).toContain(destination);
      expect(origin).not.toBe(destination);
    }
  });

  test("is created before its first flight and before the current time", () => {
    for (const { created_at, flights: legs } of all) {
      const departure = `${legs[0]!.date}T${flights[legs[0]!.flight_number]!.scheduled_departure_time_est}`;
      expect(created_at < departure && created_at < now).toBe(true);
    }
  });

  test("stays within the free bags of the membership", () => {
    const free = {
      regular: { basic_economy: 0, economy: 1, business: 2 },
      silver: { basic_economy: 1, economy: 2, business: 3 },
      gold: { basic_economy: 2, economy: 3, business: 4 },
    };
    for (const reservation of all) {
      const allowed = free[users[reservation.user_id]!.membership][reservation.cabin] * reservation.passengers.length;
      expect(reservation.total_baggages).toBeLessThanOrEqual(allowed);
    }
  });

  test("can be recent, begun, or affected by a cancelled or delayed flight", () => {
    const statuses = (r: Reservation) => r.flights.map(({ flight_number, date }) => flights[flight_number]!.dates[date]!.status);
    const having = (status: FlightDate["status"]) => all.filter((r) => statuses(r).includes(status)).length;
    expect(all.filter(({ created_at }) => created_at > "2024-05-14T15:00:00").length).toBeGreaterThan(5);
    expect(all.filter((r) => statuses(r).includes("landed") && statuses(r).includes("available")).length).toBeGreaterThan(3);
    expect(having("cancelled")).toBeGreaterThan(3);
    expect(having("delayed")).toBeGreaterThan(1);
  });
});

describe("each flight of the airline starter database", () => {
  test("runs on all 30 days, and from tomorrow on is on sale within the fares of its cabins", () => {
    for (const { dates } of Object.values(flights)) {
      expect(Object.keys(dates)).toHaveLength(30);
      for (const [date, onDate] of Object.entries(dates)) {
        expect(onDate.status === "available").toBe(date > "2024-05-15");
        if (onDate.status !== "available") continue;
        expect(Object.values(onDate.available_seats).every((seats) => seats >= 0 && seats <= 20)).toBe(true);
        const { basic_economy = 0, economy = 0, business = 0 } = onDate.prices;
        expect(basic_economy >= 50 && basic_economy <= 100 && economy >= 100 && economy <= 200 && business >= 200 && business <= 500).toBe(
          true,
        );
      }
    }
  });

  test("has a status for today that agrees with its schedule and the current time", () => {
    for (const flight of Object.values(flights)) {
      const onDate = flight.dates["2024-05-15"]!;
      const leavesLater = `2024-05-15T${flight.scheduled_departure_time_est}` >= now;
      const landsByNow = !flight.scheduled_arrival_time_est.includes("+1") && `2024-05-15T${flight.scheduled_arrival_time_est}` <= now;
      const expected = leavesLater ? ["on time", "delayed", "cancelled"] : landsByNow ? ["landed", "cancelled"] : ["flying", "cancelled"];
      expect(expected).toContain(onDate.status);
    }
  });

  test("has the same duration in both directions", () => {
    const minutes = new Map<string, number>();
    for (const { origin, destination, scheduled_departure_time_est: from, scheduled_arrival_time_est: to } of Object.values(flights)) {
      const pair = [origin, destination].toSorted().join("-");
      const taken = toMinutes(to) - toMinutes(from);
      expect(taken).toBe(minutes.get(pair) ?? taken);
      minutes.set(pair, taken);
    }
  });
});

function listPaymentIds(): string[] {
  return Object.values(users).flatMap(({ payment_methods }) => Object.keys(payment_methods));
}

function toMinutes(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map((part) => Number.parseInt(part, 10));
  return hours * 60 + minutes + (clock.includes("+1") ? 24 * 60 : 0);
}
