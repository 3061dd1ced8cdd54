import type { MaybePromise } from "../maybe-promise.ts";

/** Runs a generator to its end, giving it what each of its questions is answered with: at once as long as answers are there at once. */
export function drive<Question, Result, Answer>(
  work: Generator<Question, Result, Answer>,
  answer: (question: Question) => MaybePromise<Answer>,
): MaybePromise<Result> {
  let next = work.next();
  while (!next.done) {
    const given = answer(next.value);
    if (given instanceof Promise) return given.then((value) => driveOn(work, answer, value));
    next = work.next(given);
  }
  return next.value;
}

async function driveOn<Question, Result, Answer>(
  work: Generator<Question, Result, Answer>,
  answer: (question: Question) => MaybePromise<Answer>,
  first: Answer,
): Promise<Result> {
  let next = work.next(first);
  while (!next.done) next = work.next(await answer(next.value));
  return next.value;
}
