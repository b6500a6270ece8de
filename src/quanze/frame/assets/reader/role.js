/** What a citation is for, as the words around it say; see src/quanze/law/role.py. */
import { all, DATA, search } from "./words.js";

const NEAR = 120;

/** The stretches between the ends of sentences. */
function sentences(text) {
  const result = [];
  let begin = 0;
  for (const { index } of all("role_sentence", text)) {
    result.push(text.slice(begin, index));
    begin = index + 1;
  }
  return [...result, text.slice(begin)];
}

/** 义务, 罚则, 程序 or 职权; empty where the sentence says none. */
export function role(text, start, end) {
  const before = sentences(text.slice(Math.max(0, start - NEAR), start)).at(-1);
  const [after] = sentences(text.slice(end, end + NEAR));
  if ([...all("role_verb", before)].at(-1)?.[1]) return DATA.roles.duty;
  const cue = search("role_cue", after.split("违反", 1)[0]);
  return cue ? DATA.roles.cues[cue.slice(1).findIndex(Boolean)] : "";
}
