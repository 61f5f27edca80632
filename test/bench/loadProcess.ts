// How long n8n's loader takes to read the package, in a process that has n8n's libraries in memory already.
import { PackageDirectoryLoader } from 'n8n-core';

process.once('message', ({ packageFolder }: { packageFolder: string }) => {
	void (async () => {
		const loader = new PackageDirectoryLoader(packageFolder);
		const began = performance.now();
		await loader.loadAll();
		const ms = performance.now() - began;
		process.send?.({ ms, nodes: Object.keys(loader.nodeTypes).length }, () => process.exit(0));
	})();
});
