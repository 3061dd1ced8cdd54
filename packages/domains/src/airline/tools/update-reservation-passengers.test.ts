import { expect, test } from "vitest";
import type { Passenger } from "../schema.ts";
import { parseReservation, createSmallAirline } from "../../../test/airline/small-airline.ts";

const ana = { first_name: "Ana", last_name: "Ruiz-Paz", dob: "1980-01-01" };
const update = (desk: ReturnType<typeof createSmallAirline>, passengers: (Passenger & { note?: string })[], reservation_id = "AAA111") =>
  desk.call("update_reservation_passengers", { reservation_id, passengers });

test("changing passengers is free", () => {
  const changed = parseReservation(update(createSmallAirline(), [ana, { ...ana, first_name: "Leo", note: "unknown keys are dropped" }]));
  expect(changed.passengers).toEqual([ana, { ...ana, first_name: "Leo" }]);
  expect(changed.payment_history).toHaveLength(1);
});

test("changing the number of passengers fails", () => {
  const desk = createSmallAirline();
  for (const passengers of [[], [ana], [ana, ana, ana]]) {
    expect(update(desk, passengers).content).toBe("Error: Number of passengers does not match");
  }
  expect(desk.diff().agent).toEqual([]);
});

test("changing the passengers of an unknown reservation fails", () => {
  expect(update(createSmallAirline(), [ana], "BBB222").content).toBe("Error: Reservation BBB222 not found");
});
