import { isList } from '../document/is-list.ts';
import type { Json, JsonObject } from '../document/json.ts';
import { defaultHolds, defaultStayed, hasOneValue, isWholeDefault } from './default-holds.ts';
import type { FieldDifference } from './field-difference.ts';
import { ownersOf } from './field-owners.ts';
import type { FieldPlan } from './field-plan.ts';
import { keyedElements, setElements } from './list-elements.ts';
import { isMap, ownValue } from './own-value.ts';
import type { ElementStep, PathStep } from './path-step.ts';
import { isSameDeep } from './same-deep.ts';
import { isSameScalar } from './same-scalar.ts';
import { isDeliverer, isNameless } from './trusted-managers.ts';
import { isEmpty, saysNothing } from './says-nothing.ts';
import type { ListType } from './tables/object-schema.ts';

type List = readonly Json[];

/** No object of a person is as deep; what is below counts as one value. */
const deepest = 200;

/** Walks a desired and a live object together, once, cloning nothing: steps are written out, and owners asked for, only where a difference is. */
export class FieldComparison {
  readonly #root: JsonObject;
  readonly #trusted: ReadonlySet<string>;
  readonly #found: FieldDifference[] = [];
  readonly #steps: PathStep[] = [];
  /** How many values that are one to Kubernetes we are inside of: there an addition is a change, whoever made it. */
  #inside = 0;

  constructor(live: JsonObject, trusted: ReadonlySet<string>) {
    this.#root = live;
    this.#trusted = trusted;
  }

  differences(desired: JsonObject, plan: FieldPlan): readonly FieldDifference[] {
    this.#maps(desired, this.#root, plan);
    return this.#found;
  }

  #maps(desired: JsonObject, live: JsonObject, plan: FieldPlan): void {
    for (const key in desired) {
      const wanted = ownValue(desired, key);
      const is = ownValue(live, key);
      if (wanted === is || wanted === undefined) continue;
      this.#steps.push(key);
      this.#values(wanted, is, plan.child(key));
      this.#steps.pop();
    }
    for (const key in live) {
      if (ownValue(desired, key) === undefined) this.#addedAt(key, live, plan);
    }
  }

  #values(desired: Json, live: Json | undefined, plan: FieldPlan): void {
    if (plan.skipped) return;
    if (desired === null) {
      if (live !== undefined) this.#added(live, plan);
    } else if (live === undefined || live === null) this.#absent(desired, plan);
    else if (this.#steps.length > deepest) {
      if (!isSameDeep(desired, live)) this.#report('changed', desired, live);
    } else this.#present(desired, live, plan);
  }

  #present(desired: Json, live: Json, plan: FieldPlan): void {
    if (isList(desired) && isList(live)) this.#lists(desired, live, plan);
    else if (isMap(desired) && isMap(live)) {
      if (plan.atomicMap)
        this.#asOne(desired, live, () => {
          this.#maps(desired, live, plan);
        });
      else this.#maps(desired, live, plan);
    } else if (!isSameScalar(desired, live, plan.scalar) && !this.#isChosen(desired, live, plan)) this.#report('changed', desired, live);
  }

  /** What says nothing leaves the choice to the API server: `clusterIP: ''`. */
  #isChosen(desired: Json, live: Json, plan: FieldPlan): boolean {
    return saysNothing(desired, plan) && this.#isDefault(live, plan);
  }

  #lists(desired: List, live: List, plan: FieldPlan): void {
    const elements = elementsOf(desired, live, plan);
    if (elements === undefined) {
      this.#asOne(desired, live, () => {
        this.#byPlace(desired, live, plan.element());
      });
      return;
    }
    if (plan.ordered) this.#order(elements, plan);
    for (const step of elements) {
      this.#steps.push(step);
      if (step.live < 0) this.#report('changed', desired[step.desired], undefined);
      else if (step.desired < 0) this.#addedUnit(step.element, plan.element());
      else this.#values(desired[step.desired] ?? null, step.element, plan.element());
      this.#steps.pop();
    }
  }

  /** Of those that are on both sides; what was put in between is an addition. */
  #order(elements: readonly ElementStep[], { list }: FieldPlan): void {
    const both = elements.filter(({ live, desired }) => live >= 0 && desired >= 0);
    const turned = both.toSorted((one, other) => one.live - other.live);
    if (both.every((step, index) => step === turned[index])) return;
    const namesOf = (steps: readonly ElementStep[]): Json => steps.map(({ element }) => nameIn(element, list));
    this.#found.push({
      class: 'changed',
      steps: [...this.#steps],
      desired: namesOf(both),
      live: namesOf(turned),
      inside: [],
      unsigned: true,
    });
  }

  #byPlace(desired: List, live: List, element: FieldPlan): void {
    const length = Math.max(desired.length, live.length);
    for (let index = 0; index < length; index += 1) {
      const wanted = desired[index];
      const is = live[index];
      if (wanted === is) continue;
      this.#steps.push({ keys: undefined, element: is ?? wanted ?? null, live: index, desired: index });
      if (wanted === undefined) this.#addedUnit(is ?? null, element);
      else if (is === undefined) this.#report('changed', wanted, is);
      else this.#values(wanted, is, element);
      this.#steps.pop();
    }
  }

  /** What differs inside makes the whole differ. */
  #asOne(desired: Json, live: Json, walk: () => void): void {
    const before = this.#found.length;
    this.#inside += 1;
    walk();
    this.#inside -= 1;
    const inside = this.#found.splice(before).flatMap((found) => (found.inside.length > 0 ? found.inside : [found.steps]));
    if (inside.length > 0) this.#found.push({ class: 'changed', steps: [...this.#steps], desired, live, inside });
  }

  #absent(desired: Json, plan: FieldPlan): void {
    if (saysNothing(desired, plan)) return;
    if (this.#steps.length > deepest) this.#report('changed', desired, undefined);
    else if (isMap(desired) && plan.free && !plan.atomicMap) this.#maps(desired, {}, plan);
    else if (isList(desired) && plan.list !== 'atomic') this.#lists(desired, [], plan);
    else this.#report('changed', desired, undefined);
  }

  #addedAt(key: string, live: JsonObject, plan: FieldPlan): void {
    const value = ownValue(live, key);
    if (value === undefined || value === null) return;
    this.#steps.push(key);
    this.#added(value, plan.child(key));
    this.#steps.pop();
  }

  #added(live: Json, plan: FieldPlan): void {
    if (plan.stamp && this.#isForged()) this.#report('added-field', undefined, live);
    else if (live !== null && !plan.skipped && !(plan.native && isEmpty(live))) this.#addedValue(live, plan);
  }

  #addedValue(live: Json, plan: FieldPlan): void {
    if (this.#inside > 0 || this.#steps.length > deepest) this.#addedUnit(live, plan);
    else if (isList(live)) this.#addedList(live, plan);
    else if (isMap(live)) this.#addedMap(live, plan);
    else this.#addedUnit(live, plan);
  }

  #addedList(live: List, plan: FieldPlan): void {
    if (elementsOf([], live, plan) === undefined) this.#addedUnit(live, plan);
    else if (!this.#isDefault(live, plan)) this.#lists([], live, plan);
  }

  #addedMap(live: JsonObject, plan: FieldPlan): void {
    if (this.#isDefault(live, plan)) return;
    if (!this.#hasParts(live, plan)) this.#addedUnit(live, plan);
    else for (const key in live) this.#addedAt(key, live, plan);
  }

  /** A map is looked into, but for one that a foreign manager put there as a whole. */
  #hasParts(live: JsonObject, plan: FieldPlan): boolean {
    if (plan.atomicMap || isEmpty(live)) return false;
    return plan.free || !ownersOf(this.#root, this.#steps).some(({ whole, manager }) => whole && !this.#trusted.has(manager));
  }

  /** Whatever its manager where it says what runs and with which rights; else unless a trusted one wrote it, and no other. */
  #addedUnit(live: Json, plan: FieldPlan): void {
    if (this.#isDefault(live, plan)) return;
    if (this.#inside > 0 || plan.guarded || !this.#isTrusted()) this.#report('added-field', undefined, live);
  }

  /** Somebody says that he wrote it whom we don't trust. */
  #isForeign(): boolean {
    return ownersOf(this.#root, this.#steps).some(({ manager }) => !this.#trusted.has(manager) && !isNameless(manager));
  }

  /** A stamp that no controller says it put on. */
  #isForged(): boolean {
    return this.#isForeign() && !ownersOf(this.#root, this.#steps).some(({ manager }) => isDeliverer(manager));
  }

  #isTrusted(): boolean {
    const owners = ownersOf(this.#root, this.#steps);
    return owners.length > 0 && owners.every(({ manager }) => this.#trusted.has(manager));
  }

  #isDefault(live: Json, plan: FieldPlan): boolean {
    const place = { root: this.#root, steps: this.#steps, value: live, scalar: plan.scalar };
    const rule = plan.defaults.find((one) => defaultHolds(one, place));
    if (rule !== undefined) return hasOneValue(rule) || !this.#isForeign();
    if (plan.defaults.some((one) => defaultStayed(one, place)) && !this.#isForeign()) return true;
    if (!plan.defaultsBelow || isEmpty(live)) return false;
    if (isMap(live)) return this.#areDefaults(live, plan);
    return isList(live) && this.#isDefaultList(live, plan.element());
  }

  /** A person may have taken an element out of such a list. */
  #isDefaultList(live: List, element: FieldPlan): boolean {
    return this.#areDefaultElements(live, element) && (isWholeDefault(live, element.defaults) || !this.#isForeign());
  }

  #areDefaults(live: JsonObject, plan: FieldPlan): boolean {
    for (const key in live) {
      const value = ownValue(live, key);
      const child = plan.child(key);
      this.#steps.push(key);
      const isDefault = value === undefined || (plan.native && isEmpty(value)) || this.#isDefault(value, child);
      this.#steps.pop();
      if (!isDefault) return false;
    }
    return true;
  }

  #areDefaultElements(live: List, plan: FieldPlan): boolean {
    return live.every((element, index) => {
      this.#steps.push({ keys: undefined, element, live: index, desired: -1 });
      const isDefault = this.#isDefault(element, plan);
      this.#steps.pop();
      return isDefault;
    });
  }

  #report(found: FieldDifference['class'], desired: Json | undefined, live: Json | undefined): void {
    const steps = [...this.#steps];
    const values = { ...(desired === undefined ? {} : { desired }), ...(live === undefined ? {} : { live }) };
    this.#found.push({ class: found, steps, ...values, inside: [] });
  }
}

function elementsOf(desired: List, live: List, { list }: FieldPlan): readonly ElementStep[] | undefined {
  if (list === 'atomic') return undefined;
  return list === 'set' ? setElements(desired, live) : keyedElements(desired, live, list);
}

function nameIn(element: Json, list: ListType): Json {
  const [key = ''] = typeof list === 'object' ? list.keys : [];
  return isMap(element) ? (ownValue(element, key) ?? null) : element;
}
