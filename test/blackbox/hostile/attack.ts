/** Many hostile clients at once, and a good one among them that must not notice. */

import { hello, match, probe, request } from '../exchange.ts';
import { type Address, ask, type Wire, withWire } from '../wire.ts';
import { conversations, converse } from './conversations.ts';
import { Random } from './random.ts';

/** Set it to the seed reported by a failed attack. */
const kSeedVariable = 'HPSERVER_HOSTILE_SEED';

/** A new seed, unless the environment gives one to repeat. */
export function seedOf(text: string | undefined = process.env[kSeedVariable]): number {
  return text === undefined ? Date.now() % 2 ** 32 : Number(text);
}

export interface Attack {
  readonly seed: number;
  /** Simultaneous conversations, not counting the good client's. */
  readonly connections: number;
  /** Called before each conversation starts, with the number of those before it. */
  readonly goesOn: (begun: number) => boolean;
}

export interface Damage {
  /** Completed conversations. */
  readonly conversations: number;
  readonly goodAnswers: number;
}

/** The least number of requests that the good client sends, however soon the attack is over. */
const kLeastAnswers = 20;

/**
 * Attacks a server that meets the suite's contract. Resolves when all conversations have ended.
 * Errors: one of them, or the good client, was not served correctly.
 */
export async function attack(address: Address, wish: Attack): Promise<Damage> {
  const chance = new Random(wish.seed);
  const names = Object.keys(conversations);
  const failures: string[] = [];
  let begun = 0;
  let ended = 0;
  const client = async (): Promise<void> => {
    while (failures.length === 0 && wish.goesOn(begun)) {
      // In turn, so each kind of conversation occurs even if there are only a few.
      const name = names[begun % names.length] ?? '';
      const random = chance.fork();
      begun += 1;
      try {
        await converse(address, name, random);
        ended += 1;
      } catch (error) {
        failures.push(`${name}: ${error}`);
      }
    }
  };
  let isOver = false;
  const good = goodClient(address, chance.fork(), () => isOver);
  await Promise.all(Array.from({ length: wish.connections }, client));
  isOver = true;
  const goodAnswers = await good.catch((error: unknown) => {
    failures.push(`the good client: ${error}`);
    return 0;
  });
  if (failures.length > 0) {
    throw new Error(`${failures.join('\n')}\nagain: ${kSeedVariable}=${wish.seed}`);
  }
  return { conversations: ended, goodAnswers };
}

/** Some requests on one connection, then on another; every answer must be right. */
async function goodClient(
  address: Address,
  random: Random,
  isOver: () => boolean,
): Promise<number> {
  let count = 0;
  const goesOn = (): boolean => !isOver() || count < kLeastAnswers;
  while (goesOn()) {
    match(await ask(address, probe), hello, `answer ${count} on a new connection`);
    count += 1;
    await withWire(address, [], async (wire) => {
      const most = random.between(1, 50);
      for (let asked = 0; asked < most && goesOn(); asked += 1) {
        await echo(wire, asked, random);
        count += 1;
      }
    });
  }
  return count;
}

async function echo(wire: Wire, asked: number, random: Random): Promise<void> {
  const body = random.bytes(random.below(3_000)).toString('latin1');
  wire.write(request('POST /echo', [`Content-Length: ${body.length}`], body));
  const answers = await wire.answers(asked + 1);
  match(answers[asked], { status: 200, body }, `echo ${asked} on a kept connection`);
}
