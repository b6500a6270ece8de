/**
 * “哪天收到的？” on the page of a power.
 *
 * Contract: <form data-qz-lastday data-qz-mark="【演示】" hidden> with one date field and an <output>; after it papers,
 * .qz-paper, whose first <strong> is their name, with steps <li data-qz-number="60" data-qz-unit="日"
 * data-qz-postponed="《…》第八十五条">: the law that postpones a last day on a holiday, empty where none is known.
 */
import { lastDays } from "./lastdays.js";

const MOST = "2999-12-31";

function steps(paper) {
  return [...paper.querySelectorAll("[data-qz-number]")].map((step) => {
    const { qzNumber: number, qzUnit: unit, qzPostponed: law } = step.dataset;
    const [until, basis] = [...step.querySelectorAll("dl dd")].map((one) => one.textContent);
    return { title: step.querySelector("h3").textContent, number, unit, law, until, basis };
  });
}

function show(form, field, output) {
  const received = field.value;
  if (!field.validity.valid || !received || received > MOST) return output.replaceChildren();
  const papers = [...form.parentElement.querySelectorAll(".qz-paper")];
  output.replaceChildren(...lastDays(papers.map((paper) => [paper.querySelector("strong").textContent, steps(paper)]), {
    mark: form.dataset.qzMark, name: document.querySelector("h1").textContent, received,
    address: /** @type {HTMLLinkElement | null} */ (document.querySelector('link[rel="canonical"]'))?.href,
  }));
}

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("[data-qz-lastday]"))) {
  const field = form.querySelector("input");
  form.hidden = false;
  field.addEventListener("input", () => show(form, field, form.querySelector("output")));
  form.addEventListener("submit", (event) => event.preventDefault());
}
