// Copies the icons beside the built files. Knows where icons lie, not which there are.
const { dest, src, task } = require('gulp');

task('build:icons', () =>
	src(['nodes/**/*.svg', 'credentials/**/*.svg'], { base: '.', encoding: false }).pipe(
		dest('dist'),
	),
);
