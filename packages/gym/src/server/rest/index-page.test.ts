import { expect, test } from "vitest";
import { testServer } from "../../../test/server.ts";

const browser = { accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" };

test("the server's address shows a browser a page whose links exist", async () => {
  await using t = await testServer();
  const page = await t.call("GET", "/", undefined, browser);
  expect(page).toMatchObject({ status: 200 });
  expect(page.headers.get("content-type")).toContain("text/html");
  const paths = [...String(page.body).matchAll(/href="([^"]+)"/g)].map(([, path]) => path!).filter((path) => !path.includes(":"));
  expect(paths).toEqual(["docs", "openapi.json", "health", "v1/domains"]);
  for (const path of paths) expect(await t.get(`/${path}`), path).toMatchObject({ status: 200 });
});

test("the server's address tells other clients the same as JSON, without a token", async () => {
  await using t = await testServer({ token: "secret" });
  for (const headers of [{}, { accept: "*/*" }, { accept: "application/json" }]) {
    const { status, body } = await t.call("GET", "/", undefined, headers);
    expect({ status, body }).toMatchObject({ status: 200, body: { docs: "docs", openapi: "openapi.json", health: "health" } });
  }
});
