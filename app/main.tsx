import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { applyTheme } from "./state/theme";
import "./styles.css";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no element #root");
applyTheme();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
