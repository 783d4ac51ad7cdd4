// How long it takes, from opening the page PAGE until what is typed into its search is counted, in milliseconds.
import { chromium } from "playwright-core";

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--headless", "--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage();
const began = performance.now();
await page.goto(`file://${process.env.PAGE}`);
await page.waitForSelector("html[data-ready]");
const before = await page.textContent("output");
// Nothing has it, so that the count is another than before.
await page.fill("#search", "zzzz");
await page.waitForFunction((before) => document.querySelector("output").textContent !== before, before);
console.log(Math.round(performance.now() - began));
await browser.close();
