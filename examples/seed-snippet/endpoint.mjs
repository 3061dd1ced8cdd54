// A customer who says good morning, and hangs up when somebody asks what they want.
import { createServer } from "node:http";

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const { messages } = JSON.parse(Buffer.concat(chunks).toString());
  const content = messages.length > 2 ? "Never mind. ###STOP###" : "Good morning.";
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content } }] }));
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
