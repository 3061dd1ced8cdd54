/** A value, or a promise of it if a model has to answer first. */
export type MaybePromise<T> = T | Promise<T>;

/** Applies a function to a value: synchronously to a value, later to a promise. */
export function mapMaybePromise<T, R>(value: MaybePromise<T>, next: (value: T) => MaybePromise<R>): MaybePromise<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}
