import { describe, expect, it } from "vitest";
import {
  type Answers,
  type Asked,
  type Draft,
  type Texts,
  agree,
  answer,
  asksSelf,
  back,
  begin,
  change,
  losesRecording,
  open,
  outcome,
  payload,
  say,
  settle,
  standing,
  start,
  teach,
  touched,
} from "../src/consents/model";
import { CROSS, HEIGHT, LONGEST, WIDTH, pathOf } from "../src/consents/signature";

const IDS = ["use_research", "record", "quote_pseudonym", "archive"];
const texts: Texts = {
  intro: "",
  representative: "",
  agrees: "",
  teach_back: "",
  refused: "",
  withdraw: "",
  thanks: "",
  scopes: IDS.map((id) => ({ id, label: id, explain: "", check: "", picture: "" })),
};
const person = (represented: string | null = null, choices: Answers = {}): Asked => ({
  id: "p",
  part: "teller",
  represented_by: represented,
  choices,
  talks: [],
  history: [],
  copy: "",
  word: "",
});
const all = (yes: boolean): Answers => Object.fromEntries(IDS.map((id) => [id, yes]));
const sent = { id: "t", at: "2026-11-22T09:00:00Z", version: "0.2", signature: null };

function through(answers: boolean[], known: Answers = {}): Draft {
  let draft = start(begin(texts, known));
  for (const yes of answers) draft = answer(draft, texts, known, yes);
  return draft;
}

describe("asking somebody for the first time", () => {
  it("asks every use in order, then whether it was understood, then shows the table", () => {
    let draft = begin(texts, {});
    expect(draft.screen).toBe("start");
    draft = start(draft);
    for (const id of IDS) {
      expect(draft.screen).toBe("choice");
      expect(draft.queue[draft.at]).toBe(id);
      draft = answer(draft, texts, {}, id !== "archive");
    }
    expect(draft.screen).toBe("teach");
    draft = say(settle(teach(draft, "right"), false), "spoken");
    expect(draft.screen).toBe("spoken");
    expect(payload(draft, person(), sent)).toEqual({
      id: "t",
      person: "p",
      choices: { ...all(true), archive: false },
      how: "spoken",
      teach_back: "right",
      signature: null,
      by_representative: false,
      agrees: null,
      at: sent.at,
      text_version: "0.2",
    });
  });

  it("sends nothing that was not asked", () => {
    const draft = say({ ...through([true]), screen: "how" }, "spoken");
    expect(payload(draft, person(), sent).choices).toEqual({ use_research: true });
    expect(() => payload(begin(texts, {}), person(), sent)).toThrow(RangeError);
  });

  it("asks nothing more of who does not take part", () => {
    const draft = through([false]);
    expect(draft.screen).toBe("overview");
    expect(draft.said).toEqual({ use_research: false });
    expect(open(texts, draft.said)).toEqual([]);
  });

  it("forgets earlier answers when somebody goes back and does not take part", () => {
    let draft = through([true, true]);
    draft = back(back(draft));
    expect(draft.at).toBe(0);
    draft = answer(draft, texts, {}, false);
    expect(draft.said).toEqual({ use_research: false });
    draft = change(draft, "use_research");
    draft = answer(draft, texts, {}, true);
    expect([draft.screen, draft.queue[draft.at]]).toEqual(["choice", "record"]);
  });

  it("asks only what is still open", () => {
    const draft = begin(texts, { use_research: true, record: false });
    expect(draft.queue).toEqual(["quote_pseudonym", "archive"]);
  });

  it("goes back over every screen to the first one", () => {
    let draft = say(settle(teach(through([true, true, true, true]), "right"), false), "cross");
    const seen: string[] = [];
    for (let step = 0; step < 4; step += 1) {
      seen.push(draft.screen);
      draft = back(draft);
    }
    expect(seen).toEqual(["sign", "how", "overview", "overview"]);
    draft = through([true, true, true, true]);
    for (let step = 0; step < 6; step += 1) draft = back(draft);
    expect(draft.screen).toBe("start");
    expect(draft.said).toEqual(all(true));
  });
});

describe("changing one's mind", () => {
  it("asks that one use and sends that one answer", () => {
    const known = all(true);
    let draft = begin(texts, known);
    expect(draft.screen).toBe("overview");
    expect(touched(draft)).toBe(false);
    draft = answer(change(draft, "record"), texts, known, false);
    expect([draft.screen, touched(draft)]).toEqual(["overview", true]);
    expect(losesRecording(known, standing(draft, known, false))).toBe(true);
    draft = say(settle(draft, false), "spoken");
    expect(payload(draft, person(), sent)).toMatchObject({ choices: { record: false }, teach_back: "not_asked" });
  });

  it("makes everything no for who stops taking part", () => {
    const known = all(true);
    const draft = answer(change(begin(texts, known), "use_research"), texts, known, false);
    expect(standing(draft, known, false)).toEqual(all(false));
  });

  it("asks everything again of who takes part after all", () => {
    const known = all(false);
    let draft = answer(change(begin(texts, known), "use_research"), texts, known, true);
    for (const id of IDS.slice(1)) {
      expect(draft.queue[draft.at]).toBe(id);
      draft = answer(draft, texts, known, true);
    }
    expect(draft.screen).toBe("teach");
  });

  it("starts afresh after a talk was sent", () => {
    const done: Draft = { ...through([true, true, true, true]), talk: "t", screen: "done" };
    expect(change(done, "record").said).toEqual({});
    expect(touched(done)).toBe(false);
  });
});

describe("somebody who does not decide alone", () => {
  it("is asked as well, and a no of the person counts", () => {
    let draft = teach(through([true, true, true, true]), "right");
    expect(asksSelf(draft, true)).toBe(true);
    draft = settle(draft, true);
    expect(draft.screen).toBe("agrees");
    const no = agree(draft, false);
    expect(no.screen).toBe("overview");
    expect(standing(no, {}, true)).toEqual(all(false));
    expect(settle(no, true).screen).toBe("how");
    const yes = agree(draft, true);
    expect(standing(yes, {}, true)).toEqual(all(true));
    expect(payload(say(yes, "signed"), person("ouder"), sent)).toMatchObject({ by_representative: true, agrees: true });
  });

  it("needs no second word for a no", () => {
    expect(asksSelf(through([false]), true)).toBe(false);
  });
});

describe("what follows for the interview", () => {
  const one = (known: Answers) => ({ texts, known });
  it("waits for everybody, and one no is no", () => {
    expect(outcome([one(all(true)), one({})])).toBe("open");
    expect(outcome([one(all(true)), one(all(true))])).toBe("record");
    expect(outcome([one(all(true)), one({ ...all(true), record: false })])).toBe("silent");
    expect(outcome([one(all(true)), one({ use_research: false })])).toBe("refused");
  });
});

describe("a drawing", () => {
  const server = /^M\d{1,3},\d{1,3}(?: [ML]\d{1,3},\d{1,3})*$/;
  it("is written as the server reads it, within the board", () => {
    const path = pathOf([[[-5, 10.4], [10, 10], [11, 11], [900, 900]], [[Number.NaN, 3]]]);
    expect(path).toBe(`M0,10 L10,10 L${WIDTH},${HEIGHT} M0,3`);
    expect(path).toMatch(server);
    expect(CROSS).toMatch(server);
  });

  it("never grows too long to send", () => {
    const scribble = Array.from({ length: 60_000 }, (_none, number): [number, number] => [(number * 7) % 600, (number * 13) % 240]);
    const path = pathOf([scribble]);
    expect(path.length).toBeLessThanOrEqual(LONGEST);
    expect(path).toMatch(server);
  });

  it("is empty when nothing was drawn", () => {
    expect(pathOf([])).toBe("");
    expect(pathOf([[]])).toBe("");
  });
});
