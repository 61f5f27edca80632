// One credential's values together with what follows from them. The only room besides credentials/ that
// holds secrets; it hands out none.
import { createHash } from 'node:crypto';

import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialType,
} from 'n8n-workflow';

import { pastedSecret, pastedText } from '../../../credentials/pasted';
import { InputError } from '../contact/InputError';
import { redactorFor, type Redactor } from '../delivery/redact';
import { textOf } from '../providers/answers';
import type { Provider, PublicAccount, VendorRequest } from '../providers/Provider';

/** A provider's credential as it is for some item. */
export interface Account {
	provider: Provider;
	credential: ICredentialsDecrypted;
	redactor: Redactor;
	/** The same for the same values and only for those; tells nothing of them. */
	fingerprint: string;
	/** The values that are no secrets, by their fields' names. */
	public: PublicAccount;
	/** Which account it is, also after a secret was renewed. Holds ids and addresses, no secret. */
	identity: readonly string[];
	/** The whole address of a request, secrets replaced. */
	address(request: VendorRequest): string;
}

/** The texts that the credential type asks for: n8n adds switches of its own to the values. */
function fieldsOf({ properties }: ICredentialType) {
	return properties.filter(({ type }) => type === 'string');
}

/** Every value that must not be seen, as it was pasted and as it is sent: all but addresses. */
function secretsOf(type: ICredentialType, data: ICredentialDataDecryptedObject): string[] {
	return fieldsOf(type)
		.filter(({ name }) => !/url$/i.test(name))
		.flatMap(({ name }) => [pastedText(data[name]), pastedSecret(data[name])]);
}

function publicValues(type: ICredentialType, data: ICredentialDataDecryptedObject): PublicAccount {
	const shown = type.properties.filter(
		({ type: kind, typeOptions }) =>
			(kind === 'string' || kind === 'options') && typeOptions?.password !== true,
	);
	return Object.fromEntries(
		shown.map(({ name, default: usual }) => [name, pastedSecret(data[name] ?? usual)]),
	);
}

/** Which account it is, whatever its secrets are at the moment. */
function identityOf(type: ICredentialType, data: ICredentialDataDecryptedObject): string[] {
	return Object.values(publicValues(type, data));
}

/**
 * @throws InputError when the credential's values give no usable address
 */
export async function openAccount(
	provider: Provider,
	data: ICredentialDataDecryptedObject,
): Promise<Account> {
	const { credential: type } = provider;
	const redactor = redactorFor(secretsOf(type, data));
	const missing = type.properties.find(
		({ name, required }) => required === true && textOf(data[name]) === undefined,
	);
	if (missing) {
		throw new InputError({
			parameter: '',
			message: `The credential of ${provider.displayName} has no ${missing.displayName}`,
			description: 'Open the credential, fill it in, and test it.',
		});
	}
	const base = await locate(provider, data);
	const fingerprint = createHash('sha256')
		.update(JSON.stringify([type.name, Object.entries(data).sort()]))
		.digest('base64');
	return {
		provider,
		credential: { id: '', name: type.displayName, type: type.name, data },
		redactor,
		fingerprint,
		public: publicValues(type, data),
		identity: identityOf(type, data),
		address: ({ path }) => redactor.text(base(path)),
	};
}

/** What the credential makes of a path. A stand-in path is located once and put in place each time. */
async function locate(
	{ credential, displayName }: Provider,
	data: ICredentialDataDecryptedObject,
): Promise<(path: string) => string> {
	const standIn = '/--path--';
	const { authenticate } = credential;
	if (typeof authenticate !== 'function') return (path) => path;
	const { url } = await authenticate
		.call(credential, data, { url: standIn })
		.catch(() => ({ url: '' }));
	if (url === '') {
		throw new InputError({
			parameter: '',
			message: `The address in the credential of ${displayName} is not a web address`,
			description: `Open the credential and copy the address from the panel of ${displayName}. It begins with https://`,
		});
	}
	const [before = '', after = ''] = url.split(standIn);
	return (path) => {
		const [bare = '', query] = path.split('?');
		return before + bare + after + (query === undefined ? '' : `?${query}`);
	};
}
