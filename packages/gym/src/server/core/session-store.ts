/** Where sessions are kept while the server does not run. What is stored is the text of a `SessionDocument`. */
export interface SessionStore {
  /** All that was kept. */
  load(): AsyncIterable<{ id: string; text: string }>;
  put(id: string, text: string): Promise<void>;
  delete(id: string): Promise<void>;
}
