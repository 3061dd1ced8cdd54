import { describe, expect, test } from "vitest";
import { createSmallAirline } from "../../../test/airline/small-airline.ts";
import type { FoundFlight } from "../schema.ts";

const desk = createSmallAirline();
const direct = (origin: string, destination: string, date: string) => desk.call("search_direct_flight", { origin, destination, date });
const pairs = (content: string | null) => JSON.parse(content!) as [FoundFlight, FoundFlight][];
const onestop = (origin: string, destination: string, date: string) =>
  pairs(desk.call("search_onestop_flight", { origin, destination, date }).content).map(([first, second]) => [
    `${first.flight_number} ${first.date}`,
    `${second.flight_number} ${second.date}`,
  ]);

describe("search_direct_flight", () => {
  test("returns seats and prices, with null as the date", () => {
    expect(direct("SFO", "JFK", "2024-05-20").content).toBe(
      '[{"flight_number": "HAT001", "origin": "SFO", "destination": "JFK", "status": "available", "scheduled_departure_time_est": "08:00:00", ' +
        '"scheduled_arrival_time_est": "13:00:00", "date": null, "available_seats": {"basic_economy": 5, "economy": 5, "business": 5}, ' +
        '"prices": {"basic_economy": 50, "economy": 150, "business": 350}}]',
    );
  });

  test("returns only flights on sale, including sold-out ones", () => {
    expect(direct("SFO", "JFK", "2024-05-15").content).toBe("[]");
    expect(JSON.parse(direct("DEN", "JFK", "2024-05-20").content!)).toMatchObject([
      { flight_number: "HAT003", available_seats: { economy: 0 } },
    ]);
  });

  test("returns an empty list for unknown airports and dates", () => {
    expect(direct("sfo", "JFK", "2024-05-20").content).toBe("[]");
    expect(direct("SFO", "JFK", "tomorrow").content).toBe("[]");
  });
});

describe("search_onestop_flight", () => {
  test("connects on the same day if the second flight departs at or after the first arrival", () => {
    expect(onestop("SFO", "JFK", "2024-05-20")).toContainEqual(["HAT002 2024-05-20", "HAT003 2024-05-20"]);
  });

  test("compares an overnight arrival with departures of the next day as strings", () => {
    // HAT004 lands at 02:00 on the 21st. As strings, "12:00:00" is greater than "02:00:00+1".
    expect(onestop("SFO", "JFK", "2024-05-20")).toContainEqual(["HAT004 2024-05-20", "HAT003 2024-05-21"]);
  });

  test("does not find overnight connections to days 1 to 9", () => {
    expect(onestop("SFO", "JFK", "2024-05-08")).toEqual([]);
  });
});
