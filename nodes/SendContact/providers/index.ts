// The registry: every provider the node knows, one line each. Adding one: CONTRIBUTING.md.
import { evolutionApi } from './evolutionApi';
import { gowa } from './gowa';
import { greenApi } from './greenApi';
import { ogmma } from './ogmma';
import { plugzApi } from './plugzApi';
import type { Provider } from './Provider';
import { telegram } from './telegram';
import { uazapi } from './uazapi';
import { ultraMsg } from './ultraMsg';
import { viber } from './viber';
import { waha } from './waha';
import { wasender } from './wasender';
import { whapi } from './whapi';
import { whatsAppCloud } from './whatsAppCloud';
import { wuzapi } from './wuzapi';
import { zApi } from './zApi';

/** The default comes first. */
export const providers: readonly Provider[] = [
	plugzApi,
	greenApi,
	ogmma,
	zApi,
	evolutionApi,
	whatsAppCloud,
	waha,
	telegram,
	uazapi,
	whapi,
	wasender,
	gowa,
	wuzapi,
	ultraMsg,
	viber,
];

/** The provider of that name; `undefined` where there is none. */
export function providerNamed(name: unknown): Provider | undefined {
	return providers.find((provider) => provider.name === name);
}
