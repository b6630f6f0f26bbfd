import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPassword } from '../../../src/services/accounts/passwordRules.ts';
import { normaliseUserName } from '../../../src/services/accounts/userNames.ts';
import { nameKeyOf } from '../../../src/store/repositories/users.ts';

describe('a user name', () => {
  it.each([
    ['Ann', 'Ann'],
    ['a_b-c.d', 'a_b-c.d'],
    ['  Anna  ', 'Anna'],
    ['x'.repeat(30), 'x'.repeat(30)],
    ['Zoë', 'Zoë'],
    ['Zoe\u0308', 'Zoë'],
    ['Дмитрий', 'Дмитрий'],
    ['田中太郎', '田中太郎'],
    ['𝒜nna', 'Anna'],
    ['\ufb01lm', 'film'],
    ['007', '007'],
  ])('may be %s', (typed, kept) => {
    expect(normaliseUserName(typed)).toBe(kept);
  });

  it.each([
    ['Al', 'At least 3 characters.'],
    ['', 'At least 3 characters.'],
    ['   ', 'At least 3 characters.'],
    [' A ', 'At least 3 characters.'],
    ['\u{20000}\u{20001}', 'At least 3 characters.'],
    ['x'.repeat(31), 'At most 30 characters.'],
    ['Ann Lee', 'Letters, digits and _ - . only.'],
    ['ann@home', 'Letters, digits and _ - . only.'],
    ['<b>ann', 'Letters, digits and _ - . only.'],
    ['ann\u0000', 'Letters, digits and _ - . only.'],
    ['ann\u200blee', 'Letters, digits and _ - . only.'],
    ['ann\u202elee', 'Letters, digits and _ - . only.'],
    ['🎬🎬🎬', 'Letters, digits and _ - . only.'],
    ['ann\ud800', 'Letters, digits and _ - . only.'],
  ])('may not be %j', (typed, message) => {
    expect(() => normaliseUserName(typed)).toThrow(
      expect.objectContaining({
        code: 'bad_input',
        status: 400,
        message,
        errors: [{ path: 'name', message }],
      }),
    );
  });

  it.each([
    ['Anna', 'aNNA'],
    ['Straße', 'STRASSE'],
    ['ΟΔΟΣ', 'οδος'],
    ['οδοσ', 'οδος'],
    ['\uff21nna', 'anna'],
  ])('%s is the same as %s', (one, other) => {
    expect(nameKeyOf(one)).toBe(nameKeyOf(other));
  });

  it('is compared in a form that comparing does not change', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (name) => {
        expect(nameKeyOf(nameKeyOf(name))).toBe(nameKeyOf(name));
      }),
    );
  });
});

describe('a password', () => {
  it.each([
    ['eight characters', 'q7#Kd!zp'],
    ['128 characters', 'ab'.repeat(64)],
    ['nothing but small letters', 'wmzkqpfuytr'],
    ['blanks', 'four words and blanks'],
    ['emoji, each counted once', '🎬🍿🎥🎞📽🎭🎟🏆'],
    ['any script', 'пароль-киномана'],
  ])('may have %s', async (_what, password) => {
    await expect(checkPassword(password, 'anna')).resolves.toBeUndefined();
  });

  it.each([
    ['too short', 'q7#Kd!z', 'At least 8 characters.'],
    ['empty', '', 'At least 8 characters.'],
    ['seven emoji (14 UTF-16 units)', '🎬🍿🎥🎞📽🎭🏆', 'At least 8 characters.'],
    ['too long', 'ab'.repeat(64) + 'c', 'At most 128 characters.'],
    ['common', 'password1', 'This password is too common.'],
    ['common in capitals', 'PASSWORD', 'This password is too common.'],
    ['common as digits', '123456789', 'This password is too common.'],
    ['the name', 'anna.lee', 'Not your name.'],
    ['the name in capitals', 'ANNA.LEE', 'Not your name.'],
    ['half of a character', 'abcdefg\ud800hij', 'This contains characters that cannot be read.'],
  ])('may not be %s', async (_what, password, message) => {
    await expect(checkPassword(password, 'Anna.Lee', 'newPassword')).rejects.toMatchObject({
      code: 'bad_input',
      status: 400,
      message,
      errors: [{ path: 'newPassword', message }],
    });
  });

  it('may not be among the 3,000 most common of at least 8 characters', async () => {
    const { dictionary } = await import('@zxcvbn-ts/language-common');
    const long = dictionary['passwords-common'].filter((word) => word.length >= 8);
    for (const word of [...long.slice(0, 50), long[2_999]!])
      await expect(checkPassword(word, 'anna'), word).rejects.toMatchObject({ code: 'bad_input' });
    const rest = long
      .slice(3_000)
      .find((word) => !long.slice(0, 3_000).some((top) => top === word.toLowerCase()))!;
    await expect(checkPassword(rest, 'anna')).resolves.toBeUndefined();
  });
});
