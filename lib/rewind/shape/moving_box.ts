import type { LocalRay } from "./local_ray.ts";
import type { Vector } from "./vector.ts";

/** Corners that a rectangle has at most after six cuts. */
const CORNERS_MAX = 16;

/**
 * Solves when a thin ray hits a moving box.
 *
 * The six faces are half planes over (t, u): the rectangle 0 <= t <= length, 0 <= u <= 1 is cut by
 * each (I. Sutherland, G. Hodgman, "Reentrant Polygon Clipping", 1974), and the first and last u are
 * corners of what is left. Exact to rounding.
 */
export class MovingBoxSolver {
  readonly #t = new Float64Array(CORNERS_MAX);
  readonly #u = new Float64Array(CORNERS_MAX);
  readonly #keptT = new Float64Array(CORNERS_MAX);
  readonly #keptU = new Float64Array(CORNERS_MAX);
  #corners = 0;

  /** Writes the part of the movement (u from 0 to 1) in which the ray hits; false for none. */
  span(ray: LocalRay, min: Vector, max: Vector, out: Float64Array): boolean {
    this.#t[0] = this.#t[3] = 0;
    this.#t[1] = this.#t[2] = ray.length;
    this.#u[0] = this.#u[1] = 0;
    this.#u[2] = this.#u[3] = 1;
    this.#corners = 4;
    this.#cut(ray.ox - min[0], ray.dx, -ray.vx);
    this.#cut(max[0] - ray.ox, -ray.dx, ray.vx);
    this.#cut(ray.oy - min[1], ray.dy, -ray.vy);
    this.#cut(max[1] - ray.oy, -ray.dy, ray.vy);
    this.#cut(ray.oz - min[2], ray.dz, -ray.vz);
    this.#cut(max[2] - ray.oz, -ray.dz, ray.vz);
    out[0] = Infinity;
    out[1] = -Infinity;
    for (let i = 0; i < this.#corners; i++) {
      if (this.#u[i]! < out[0]!) out[0] = this.#u[i]!;
      if (this.#u[i]! > out[1]!) out[1] = this.#u[i]!;
    }
    return this.#corners > 0;
  }

  /** Keeps the part of the polygon where `base + t * perT + u * perU >= 0`. */
  #cut(base: number, perT: number, perU: number): void {
    const [ts, us, keptT, keptU] = [this.#t, this.#u, this.#keptT, this.#keptU];
    const corners = this.#corners;
    let kept = 0;
    for (let i = 0; i < corners; i++) {
      const j = i + 1 === corners ? 0 : i + 1;
      const here = base + ts[i]! * perT + us[i]! * perU;
      const next = base + ts[j]! * perT + us[j]! * perU;
      if (here >= 0) {
        keptT[kept] = ts[i]!;
        keptU[kept++] = us[i]!;
      }
      if ((here > 0 && next < 0) || (here < 0 && next > 0)) {
        const part = here / (here - next);
        keptT[kept] = ts[i]! + (ts[j]! - ts[i]!) * part;
        keptU[kept++] = us[i]! + (us[j]! - us[i]!) * part;
      }
    }
    for (let i = 0; i < kept; i++) {
      ts[i] = keptT[i]!;
      us[i] = keptU[i]!;
    }
    this.#corners = kept;
  }
}
