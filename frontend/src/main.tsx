import "./styles/all.css";
import { render } from "preact";
import { startClock } from "./api/clock";
import { App } from "./app/app";
import { inWorkspace, pageAt } from "./app/pages";
import { startRouter } from "./router/router";
import { loadAccount } from "./session/session";
import { applyTheme } from "./session/theme";
import { applyLanguage } from "./text/language";
import { loadTexts } from "./text/texts";
import { startKeys } from "./keys/commands";

applyTheme();
applyLanguage();
startRouter();
startClock();
preloadPage();
void loadAccount();
void show(document.getElementById("app"));

async function show(root: HTMLElement | null): Promise<void> {
  if (!root) return;
  try {
    await loadTexts();
  } catch {
    const notice = document.querySelector<HTMLTemplateElement>("#without-texts");
    root.replaceChildren(...(notice?.content.childNodes ?? []));
    return;
  }
  startKeys();
  render(<App />, root);
}

/** The page's chunk travels while the server still says who is signed in. */
function preloadPage(): void {
  const here = inWorkspace(location.pathname);
  if (here) pageAt(here.rest)?.[0].preload();
}
