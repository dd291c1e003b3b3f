/**
 * The target whose margin says something of a result: whom the policy or the game hit, or could
 * have; undefined without one.
 */
export function judgedTarget(shot, { targets, victim }) {
  return targets.find(([id, , , , , , isAlive, , , , isEligible]) =>
    id === victim || id === shot.game || (isAlive === 1 && isEligible !== 0)
  );
}
