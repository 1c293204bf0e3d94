import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const SERVICE = process.env["IRONFLY_URL"] ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [react(), tailwindcss()],
  server: { host: "127.0.0.1", proxy: { "/api": SERVICE } },
  preview: { host: "127.0.0.1", proxy: { "/api": SERVICE } },
  test: {
    include: ["{lib,state,components,routes}/**/*.test.{ts,tsx}", "*.test.ts"],
    environment: "node",
    restoreMocks: true,
  },
});
