/** A value that is there at once where nobody has to be waited for, and later where a model is asked. */
export type MaybePromise<T> = T | Promise<T>;

/** What follows from a value, at once when the value is there at once. */
export function mapMaybePromise<T, R>(value: MaybePromise<T>, next: (value: T) => MaybePromise<R>): MaybePromise<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}
