import { describe, expect, test } from "vitest";
import { airline, type FoundFlight, type Payment, type Reservation } from "../../src/airline/index.ts";
import type { Task } from "../../src/core/task/task.ts";
import { solutionRules } from "../solution-rules.ts";
import { play, sameState, solutionOf, starterSetup } from "../solutions.ts";

const setup = starterSetup(airline);
const tasks = setup.data.tasks();

/** Tasks whose right solution changes nothing: a number to report keeps a silent agent from passing. */
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
  const solution = solutionOf(task);
  const figures = task.evaluation_criteria?.communicate_info ?? [];

  solutionRules(setup, task);

  test("doing nothing does not pass, or something must be told", () => {
    const isDone = sameState(play(setup, task, solution).state, play(setup, task, []).state);
    expect(isDone).toBe(refusals.has(id));
    expect(isDone && figures.length === 0).toBe(false);
  });

  test.for(figures)("the number to report, %s, is explained in the notes and not revealed by the user", (figure) => {
    expect(task.description?.notes).toContain(figure);
    expect(JSON.stringify(task.user_scenario)).not.toMatch(new RegExp(`\\b${figure}\\b`));
  });
});

describe("numbers to report follow from the tools' answers", () => {
  const answersOf = (id: string) => play(setup, taskOf(id), solutionOf(taskOf(id))).answers.map(({ content }) => content ?? "");
  const reservationsIn = (id: string) =>
    answersOf(id)
      .filter((content) => content.startsWith('{"reservation_id"'))
      .map((content): Reservation => JSON.parse(content));
  const paid = (history: readonly Payment[]) => history.filter(({ amount }) => amount > 0).reduce((sum, { amount }) => sum + amount, 0);
  const figureOf = (id: string) => Number(taskOf(id).evaluation_criteria?.communicate_info?.[0]);

  test.each([
    "cancel_insured_for_illness",
    "cancel_business_but_not_economy",
    "cancel_everything_possible",
    "cancel_after_airline_cancelled",
  ])("%s: what the cancelled reservations had cost", (id) => {
    const cancelled = reservationsIn(id).filter(({ status }) => status === "cancelled");
    expect(cancelled.reduce((sum, { payment_history }) => sum + paid(payment_history), 0)).toBe(figureOf(id));
  });

  test.each(["cancel_promised_on_the_phone", "compensation_claimed_by_regular_member"])("%s: the paid amount", (id) => {
    expect(paid(reservationsIn(id)[0]!.payment_history)).toBe(figureOf(id));
  });

  test.each([
    "basic_economy_upgrade_instead_of_new_date",
    "move_to_cheapest_flight_next_day",
    "downgrade_business_for_refund",
    "upgrade_paid_by_card_after_all",
    "move_return_only",
  ])("%s: the cost or refund of the change", (id) => {
    expect(Math.abs(reservationsIn(id).at(-1)!.payment_history.at(-1)!.amount)).toBe(figureOf(id));
  });

  test.each([
    "book_with_third_bag",
    "book_certificate_gift_card_then_card",
    "book_two_certificates_two_reservations",
    "book_one_stop_with_insurance",
  ])("%s: what the credit card is charged", (id) => {
    const payments = reservationsIn(id).flatMap(({ payment_history }) => payment_history);
    const byCard = payments.filter(({ payment_id }) => payment_id.startsWith("credit_card"));
    expect(paid(byCard)).toBe(figureOf(id));
  });

  test.each(["another_destination_refused", "add_a_passenger"])("%s: the cheapest ticket found", (id) => {
    const found: FoundFlight[] = JSON.parse(answersOf(id).at(-1)!);
    const wanted = id === "add_a_passenger" ? found.filter(({ flight_number }) => flight_number === "HAT006") : found;
    expect(Math.min(...wanted.map(({ prices }) => prices["economy"]!))).toBe(figureOf(id));
  });
});

test("there are splits for training and testing that share no task", () => {
  const { train = [], test: held = [], base = [] } = setup.data.splits() ?? {};
  expect([...train, ...held].toSorted()).toEqual(base.toSorted());
  expect(base).toEqual(tasks.map(({ id }) => id));
  expect([train.length, held.length]).toEqual([15, 11]);
});

function taskOf(id: string): Task {
  return tasks.find((task) => task.id === id)!;
}
