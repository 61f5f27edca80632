// The panel after provider and credential, for all providers. The build works it out once, so that n8n's start
// reads a list and not the providers.
import { parametersFor } from './parameters';
import { providers } from './providers';

export const PARAMETERS = parametersFor(providers);
