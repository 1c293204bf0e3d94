/** Light or dark: what the system prefers until the user says otherwise. */

import { create } from "zustand";

export type Theme = "light" | "dark";

const KEY = "ironfly.theme";

interface ThemeStore {
  readonly theme: Theme;
  readonly toggle: () => void;
}

export const useTheme = create<ThemeStore>((set) => ({
  theme: initialTheme(),
  toggle: () => set(({ theme }) => ({ theme: remember(theme === "dark" ? "light" : "dark") })),
}));

/** Shows the theme on the document, now and after every change; returns its own undo. */
export function applyTheme(): () => void {
  const show = ({ theme }: ThemeStore) => {
    document.documentElement.dataset["theme"] = theme;
  };
  show(useTheme.getState());
  return useTheme.subscribe(show);
}

function initialTheme(): Theme {
  const kept = localStorage.getItem(KEY);
  if (kept === "light" || kept === "dark") return kept;
  return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

function remember(theme: Theme): Theme {
  localStorage.setItem(KEY, theme);
  return theme;
}
