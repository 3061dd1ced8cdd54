import { modelEndpoint } from "./model-endpoint.ts";

// A program: an endpoint that takes the milliseconds of its argument for each answer. Its address is its first line.
const { url } = await modelEndpoint(Number(process.argv[2]));
process.stdout.write(`${url}\n`);
