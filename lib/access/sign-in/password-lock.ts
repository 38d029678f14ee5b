import { type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify<string, string, number, ScryptOptions, Buffer>(scrypt);

/** 16 MiB and some 50 ms for each guess. */
const COST: ScryptOptions = { N: 2 ** 14, r: 8, p: 1 };
/** Nothing that is derived is ever stored, so there is nothing to look up in a table made before. */
const SALT = "inlet instance password";

export type PasswordLock = {
  opens(password: string): Promise<boolean>;
  /** Differs for each password: what is hashed with it is void once the password is another one. */
  key: Buffer;
};

export async function passwordLock(password: string): Promise<PasswordLock> {
  const split = async (text: string) => {
    const bytes = await derive(text.normalize("NFC"), SALT, 64, COST);
    return { proof: bytes.subarray(0, 32), key: bytes.subarray(32) };
  };
  const { proof, key } = await split(password);
  // One at a time: many guesses at once take neither memory nor the threads that files are read by.
  let last: Promise<unknown> = Promise.resolve();
  return {
    key,
    opens(guess) {
      const turn = last.then(async () => timingSafeEqual((await split(guess)).proof, proof));
      last = turn.catch(() => {});
      return turn;
    },
  };
}
