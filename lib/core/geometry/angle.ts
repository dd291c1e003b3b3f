/**
 * Sine of an angle in degrees, the same bits on every engine.
 *
 * `Math.sin` may differ in its last bit between engines, and a last bit can flip a verdict. Here the
 * angle is reduced exactly to within 45 degrees, then goes through the polynomials of fdlibm
 * (k_sin.c, k_cos.c), which use nothing but sums and products. The error is below 2^-51; multiples
 * of 90 degrees are exact.
 */
export function sinDegrees(degrees: number): number {
  const quadrant = Math.round(degrees / 90);
  const rest = degrees % 360 - (quadrant % 4) * 90;
  const radians = wrapped(rest) * RADIANS_PER_DEGREE;
  switch (((quadrant % 4) + 4) % 4) {
    case 0:
      return sinKernel(radians);
    case 1:
      return cosKernel(radians);
    case 2:
      return -sinKernel(radians);
    default:
      return -cosKernel(radians);
  }
}

/** Cosine of an angle in degrees, the same bits on every engine; see {@linkcode sinDegrees}. */
export function cosDegrees(degrees: number): number {
  return sinDegrees(degrees % 360 + 90);
}

/**
 * From one angle to another by the shorter arc, more than minus half a turn up to half a turn.
 *
 * @param turn a whole turn in the unit of the angles; 360 for degrees
 */
export function shorterArc(from: number, to: number, turn: number = 360): number {
  const difference = to - from;
  const rest = Math.abs(difference) < turn ? difference : restOf(from, to, difference, turn);
  const half = turn / 2;
  if (rest > half) return rest - turn;
  return rest <= -half ? rest + turn : rest;
}

/** Rest of a difference, which may be beyond the largest double where the angles are not. */
function restOf(from: number, to: number, difference: number, turn: number): number {
  if (Math.abs(difference) < Infinity) return difference % turn;
  return (to % turn - from % turn) % turn;
}

const RADIANS_PER_DEGREE = 0.017453292519943295;

// `degrees % 360` and `quadrant % 4` may be a whole turn apart.
function wrapped(rest: number): number {
  if (rest > 180) return rest - 360;
  if (rest < -180) return rest + 360;
  return rest;
}

function sinKernel(x: number): number {
  const z = x * x;
  const p = 8.33333333332248946124e-3 + z * (-1.98412698298579493134e-4 +
        z * (2.75573137070700676789e-6 +
            z * (-2.50507602534068634195e-8 + z * 1.58969099521155010221e-10)));
  return x + z * x * (-1.66666666666666324348e-1 + z * p);
}

function cosKernel(x: number): number {
  const z = x * x;
  const p = 4.16666666666666019037e-2 + z * (-1.38888888888741095749e-3 +
        z * (2.48015872894767294178e-5 + z * (-2.75573143513906633035e-7 +
                z * (2.08757232129817482790e-9 + z * -1.13596475577881948265e-11))));
  return 1 - (0.5 * z - z * z * p);
}
