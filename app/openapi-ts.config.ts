import { defineConfig } from "@hey-api/openapi-ts";

export default defineConfig({
  input: "./openapi.json",
  output: {
    path: process.env["CLIENT_FOLDER"] ?? "./lib/api",
    clean: true,
    // The generator's run-time files are not written for exactOptionalPropertyTypes; their types stay in force.
    header: ["// @ts-nocheck", "// Generated from openapi.json by `npm run openapi`."],
  },
  plugins: [
    { name: "@hey-api/client-fetch", baseUrl: false },
    "@hey-api/typescript",
    { name: "zod", compatibilityVersion: "mini" },
    { name: "@hey-api/sdk", validator: { response: "zod" } },
    { name: "@tanstack/react-query", queryOptions: true, infiniteQueryOptions: false },
  ],
});
