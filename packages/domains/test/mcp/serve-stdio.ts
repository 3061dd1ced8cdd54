import { serveMcpStdio } from "../../src/adapters/mcp/index.ts";
import { loadEnvironment } from "../../src/data/index.ts";
import { mock } from "../../src/mock/index.ts";

/** A program that is an MCP server: what a client starts. */

serveMcpStdio(loadEnvironment(mock, { dataDir: null }));
