// The program in a client's configuration: `"command": "node", "args": ["server.mjs"]`. Without code of your own it is `tau2 mcp --domain retail`.
import { loadEnvironment } from "@tau2/domains/data";
import { serveMcpStdio } from "@tau2/domains/mcp";
import { retail } from "@tau2/domains/retail";

serveMcpStdio(loadEnvironment(retail));
