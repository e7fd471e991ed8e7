import { describe, expect, it } from 'vitest';
import { namePattern, renamedByMask } from './name-pattern';

describe('a pattern', () => {
  it.each([
    ['*.txt', ['a.txt', 'A.TXT', 'a.b.txt'], ['a.txt2', 'txt']],
    ['a?.txt', ['ab.txt', 'a.txt'], ['abc.txt']],
    ['a.*', ['a', 'a.txt'], ['ab.txt']],
    ['*.', ['readme'], ['read.me']],
    ['*.*', ['readme', 'read.me'], []],
    ['b*d*.sys', ['bcd.sys', 'bootdisk.sys'], ['bc.sys']],
    ['[a](1)+.txt', ['[A](1)+.txt'], ['a1.txt']],
  ])('%s', (pattern, fitting, others) => {
    expect(fitting.filter(namePattern(pattern))).toEqual(fitting);
    expect(others.filter(namePattern(pattern))).toEqual([]);
  });
});

describe('a mask of ren', () => {
  // Rules found on a real Vista, and the examples of the first two masks: Super User, question 475874.
  it.each([
    ['1', 'A?Z*', 'AZ'],
    ['12', 'A?Z*', 'A2Z'],
    ['1.txt', 'A?Z*', 'AZ.txt'],
    ['12.txt', 'A?Z*', 'A2Z.txt'],
    ['123.txt', 'A?Z*', 'A2Z.txt'],
    ['1234', 'A?Z*', 'A2Z4'],
    ['part1.part2', '?x.????999.*rForTheCourse', 'px.part999.rForTheCourse'],
    ['part1.part2.part3', '?x.????999.*rForTheCourse', 'px.part999.parForTheCourse'],
    ['a.b.c', '?x.????999.*rForTheCourse', 'ax.b999.crForTheCourse'],
    ['bcd.old', '*.bak', 'bcd.bak'],
    ['bcd', '*.bak', 'bcd.bak'],
    ['bcd.old', '*', 'bcd.old'],
    ['bcd.old', '*.', 'bcd'],
  ])('makes of %s by %s: %s', (name, mask, result) => {
    expect(renamedByMask(name, mask)).toBe(result);
  });
});
