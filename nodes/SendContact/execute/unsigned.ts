// From a provider's request to the options of n8n's HTTP helper: how each kind of body leaves. Knows no
// host and no secret; the credential adds those afterwards.
import type { IHttpRequestOptions } from 'n8n-workflow';

import type { VendorRequest } from '../providers/Provider';

/** An empty JSON body. n8n's helper drops an empty object, and sends text as it is. */
export const EMPTY_JSON = '{}';

/** The request before the credential has signed it: `url` is a path, a JSON or form body an object. */
export function unsigned(request: VendorRequest): IHttpRequestOptions {
	const { body, contentType } = bodyOf(request);
	return {
		method: request.method,
		url: request.path,
		headers: {
			Accept: 'application/json',
			...request.headers,
			...(contentType !== undefined && { 'Content-Type': contentType }),
		},
		...(body !== undefined && { body }),
	};
}

function bodyOf({ body, form, text }: VendorRequest): {
	body?: IHttpRequestOptions['body'];
	contentType?: string;
} {
	if (form !== undefined) {
		return { body: { ...form }, contentType: 'application/x-www-form-urlencoded' };
	}
	if (text !== undefined) return { body: text.content, contentType: text.contentType };
	if (body === undefined) return {};
	const isEmpty = Object.keys(body).length === 0;
	return { body: isEmpty ? EMPTY_JSON : body, contentType: 'application/json' };
}
