// Tells work whose cost grows with its input from work whose cost grows with the square of it, on any
// machine: no time is asserted, only how it grows.

/** The processor's time that this process needs for `work`, in microseconds; others' work is not in it. */
function costOf(work: () => unknown): number {
	const before = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(before);
	return user + system;
}

/**
 * How much more sixteen times the input costs: some 16 where the cost grows with the input, some 256 where
 * it grows with its square. The least of three tries, since a garbage collection may fall into any of them.
 * @param prepare makes the input of a size and gives the work to be measured
 */
export function growth(prepare: (size: number) => () => unknown, size: number): number {
	const [small, large] = [prepare(size), prepare(16 * size)];
	const least = (work: () => unknown) => Math.min(...[1, 2, 3].map(() => costOf(work)));
	small();
	return least(large) / least(small);
}

/** Half-way between the two: four times the one and a fourth of the other. */
export const LINEAR = 64;
