import "./styles/all.css";
import { render } from "preact";
import { App } from "./app/app";
import { startRouter } from "./app/router";
import { loadAccount } from "./app/session";
import { showTheme } from "./app/theme";

showTheme();
startRouter();
void loadAccount();

const root = document.getElementById("app");
if (root) render(<App />, root);
