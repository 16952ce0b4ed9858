import { beforeAll } from "vitest";
import { loadTexts } from "./texts";

beforeAll(loadTexts);
