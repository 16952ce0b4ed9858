import "./styles/all.css";
import { render } from "preact";
import { startClock } from "./api/clock";
import { App } from "./app/app";
import { inWorkspace, pageAt } from "./app/pages";
import { startRouter } from "./router/router";
import { loadAccount } from "./session/session";
import { applyTheme } from "./session/theme";
import { startKeys } from "./keys/commands";

applyTheme();
startRouter();
startKeys();
startClock();
preloadPage();
void loadAccount();

const root = document.getElementById("app");
if (root) render(<App />, root);

/** The page's chunk travels while the server still says who is signed in. */
function preloadPage(): void {
  const here = inWorkspace(location.pathname);
  if (here) pageAt(here.rest)?.[0].preload();
}
