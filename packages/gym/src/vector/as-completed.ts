/** Values in the order in which they come. None of the promises may reject. Who stops reading early leaves nothing behind. */
export async function* asCompleted<T>(promises: readonly Promise<T>[]): AsyncGenerator<T, void, undefined> {
  const ready: T[] = [];
  let wake = () => {};
  for (const promise of promises) {
    void promise.then((value) => {
      ready.push(value);
      wake();
    });
  }
  for (let given = 0; given < promises.length; given++) {
    if (ready.length === given) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    yield ready[given]!;
  }
}
