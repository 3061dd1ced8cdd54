import { describe, expect, test } from "vitest";
import { airline, type Reservation } from "../../src/airline/index.ts";
import type { FoundFlight, Payment } from "../../src/airline/schema.ts";
import type { Task } from "../../src/core/task/task.ts";
import { testSolution } from "../solution-rules.ts";
import { playActions, databasesMatch, getSolution, createStarterConfig } from "../solutions.ts";

const setup = createStarterConfig(airline);
const tasks = setup.data.tasks();

/** Tasks whose solution does not change the database. A number to report keeps a silent agent from passing. */
const refusals = new Set([
  "cancel_insured_change_of_plans",
  "cancel_trip_already_begun",
  "cancel_promised_on_the_phone",
  "upgrade_one_passenger_only",
  "another_destination_refused",
  "remove_bag_and_add_insurance",
  "add_a_passenger",
  "compensation_claimed_by_regular_member",
]);

describe.each(tasks.map((task): [string, Task] => [task.id, task]))("%s", (id, task) => {
  const solution = getSolution(task);
  const numbers = task.evaluation_criteria?.communicate_info ?? [];

  testSolution(setup, task);

  test("a silent agent that does nothing does not pass", () => {
    const isDone = databasesMatch(playActions(setup, task, solution).state, playActions(setup, task, []).state);
    expect(isDone).toBe(refusals.has(id));
    expect(isDone && numbers.length === 0).toBe(false);
  });

  test.for(numbers)("the number to report, %s, is explained in the notes and unknown to the user", (number) => {
    expect(task.description?.notes).toContain(number);
    expect(JSON.stringify(task.user_scenario)).not.toMatch(new RegExp(`\\b${number}\\b`));
  });
});

describe("the number to report of an airline task", () => {
  const getAnswers = (id: string) => playActions(setup, getTask(id), getSolution(getTask(id))).answers.map(({ content }) => content ?? "");
  const getReservations = (id: string) =>
    getAnswers(id)
      .filter((content) => content.startsWith('{"reservation_id"'))
      .map((content): Reservation => JSON.parse(content));
  const sumPayments = (history: readonly Payment[]) =>
    history.filter(({ amount }) => amount > 0).reduce((sum, { amount }) => sum + amount, 0);
  const getNumberToReport = (id: string) => Number(getTask(id).evaluation_criteria?.communicate_info?.[0]);

  test.each([
    "cancel_insured_for_illness",
    "cancel_business_but_not_economy",
    "cancel_everything_possible",
    "cancel_after_airline_cancelled",
  ])("%s is the cost of the cancelled reservations", (id) => {
    const cancelled = getReservations(id).filter(({ status }) => status === "cancelled");
    expect(cancelled.reduce((sum, { payment_history }) => sum + sumPayments(payment_history), 0)).toBe(getNumberToReport(id));
  });

  test.each(["cancel_promised_on_the_phone", "compensation_claimed_by_regular_member"])("%s is the paid amount", (id) => {
    expect(sumPayments(getReservations(id)[0]!.payment_history)).toBe(getNumberToReport(id));
  });

  test.each([
    "basic_economy_upgrade_instead_of_new_date",
    "move_to_cheapest_flight_next_day",
    "downgrade_business_for_refund",
    "upgrade_paid_by_card_after_all",
    "move_return_only",
  ])("%s is the cost or refund of the change", (id) => {
    expect(Math.abs(getReservations(id).at(-1)!.payment_history.at(-1)!.amount)).toBe(getNumberToReport(id));
  });

  test.each([
    "book_with_third_bag",
    "book_certificate_gift_card_then_card",
    "book_two_certificates_two_reservations",
    "book_one_stop_with_insurance",
  ])("%s is the charge of the credit card", (id) => {
    const payments = getReservations(id).flatMap(({ payment_history }) => payment_history);
    const byCard = payments.filter(({ payment_id }) => payment_id.startsWith("credit_card"));
    expect(sumPayments(byCard)).toBe(getNumberToReport(id));
  });

  test.each(["another_destination_refused", "add_a_passenger"])("%s is the price of the cheapest ticket", (id) => {
    const found: FoundFlight[] = JSON.parse(getAnswers(id).at(-1)!);
    const wanted = id === "add_a_passenger" ? found.filter(({ flight_number }) => flight_number === "HAT006") : found;
    expect(Math.min(...wanted.map(({ prices }) => prices["economy"]!))).toBe(getNumberToReport(id));
  });
});

test("the train and test splits of airline partition the base split", () => {
  const { train = [], test: tested = [], base = [] } = setup.data.splits() ?? {};
  expect([...train, ...tested].toSorted()).toEqual(base.toSorted());
  expect(base).toEqual(tasks.map(({ id }) => id));
  expect([train.length, tested.length]).toEqual([15, 11]);
});

function getTask(id: string): Task {
  return tasks.find((task) => task.id === id)!;
}
