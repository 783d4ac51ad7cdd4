// Takes the guide's pictures of the page PAGE into the folder OUT: CHROMIUM=/usr/bin/chromium PAGE=… OUT=… node pictures.mjs
import { chromium } from "playwright-core";

const PICTURES = [
  { name: "report-light" },
  { name: "report-dark", colorScheme: "dark" },
  { name: "report-phone", viewport: { width: 390, height: 800 } },
  { name: "report-russian", locale: "ru-RU" },
];

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--headless", "--no-sandbox", "--disable-gpu"] });
for (const { name, viewport = { width: 1280, height: 860 }, locale = "en-GB", colorScheme = "light" } of PICTURES) {
  const context = await browser.newContext({ viewport, locale, colorScheme });
  const page = await context.newPage();
  await page.goto(`file://${process.env.PAGE}`);
  await page.waitForSelector("html[data-ready]");
  await page.screenshot({ path: `${process.env.OUT}/${name}.png` });
  await context.close();
}
await browser.close();
