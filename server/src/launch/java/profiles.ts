// Profiles of Spring: which are active, and whether the condition of a document holds.
// https://docs.spring.io/spring-boot/reference/features/profiles.html

/** Active profiles, the last one strongest; undefined where the files do not decide them. */
export type Profiles = readonly string[] | undefined;

/** `prod & !eu`, `dev,test`: undefined for what is not understood. */
export function profileHolds(condition: string, profiles: readonly string[]): boolean | undefined {
  if (/[()?]/.test(condition)) return undefined;
  return condition.split(/[,|]/).some((all) =>
    all.split('&').every((part) => {
      const name = part.trim();
      return name.startsWith('!') ? !profiles.includes(name.slice(1).trim()) : profiles.includes(name);
    }),
  );
}

/** The names that a condition speaks of. */
export function profilesIn(condition: string): readonly string[] {
  return condition.split(/[,|&()]/).flatMap((part) => {
    const name = part.trim().replace(/^!\s*/, '');
    return name === '' || name === '?' ? [] : [name];
  });
}

export function namesIn(text: string): readonly string[] {
  return text.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
}
