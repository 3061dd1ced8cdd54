import { defineDomain, mapOf, ToolError, createToolFactory } from "@tau2/domains";
import { z } from "zod";

const book = z.object({ book_id: z.string(), title: z.string(), copies: z.int(), late_fee: z.number() });
const member = z.object({ member_id: z.string(), name: z.string(), loans: z.array(z.string()) });
const tool = createToolFactory();

function get(map, id, kind) {
  if (!Object.hasOwn(map, id)) throw new ToolError(`${kind} ${id} not found`);
  return map[id];
}

const findBook = tool({
  name: "find_book",
  kind: "read",
  description: "Look up a book by a part of its title.",
  parameters: z.strictObject({ title: z.string().describe("Any part of the title, in any case.") }),
  result: z.array(book),
  run: ({ db }, { title }) => Object.values(db.books).filter((one) => one.title.toLowerCase().includes(title.toLowerCase())),
});

const lendBook = tool({
  name: "lend_book",
  kind: "write",
  description: "Lend a copy of a book to a member.",
  parameters: z.strictObject({ member_id: z.string().describe("Who takes it home."), book_id: z.string().describe("The book.") }),
  result: member,
  run({ db }, { member_id, book_id }) {
    const reader = get(db.members, member_id, "Member");
    const wanted = get(db.books, book_id, "Book");
    if (wanted.copies === 0) throw new ToolError("No copy left");
    wanted.copies -= 1;
    reader.loans.push(book_id);
    return reader;
  },
});

export default defineDomain({
  name: "library",
  agent: { database: z.strictObject({ books: mapOf(book), members: mapOf(member) }), tools: [findBook, lendBook] },
  data: () => ({
    policy: "You work at the desk of a small library. A member may have two books at a time. Name the late fee when you lend a book.",
    db: {
      books: { b1: { book_id: "b1", title: "The Tin Lighthouse", copies: 2, late_fee: 0.5 } },
      members: { m1: { member_id: "m1", name: "Ada Okoro", loans: [] } },
    },
    tasks: [
      {
        id: "lend_lighthouse",
        user_scenario: { instructions: "You are Ada Okoro, member m1. You want to take The Tin Lighthouse home and to know the late fee." },
        evaluation_criteria: {
          actions: [{ action_id: "lend", name: "lend_book", arguments: { member_id: "m1", book_id: "b1" } }],
          communicate_info: ["0.5"],
        },
      },
    ],
  }),
});
