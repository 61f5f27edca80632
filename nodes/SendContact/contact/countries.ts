// The countries that a phone number can be of, by their English names. Knows no vendor and no n8n.
import { getCountries } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/metadata.min.json';

/** ISO 3166 alpha-2 codes with their names, alphabetical. */
export function countryNames(): Array<{ name: string; value: string }> {
	const names = new Intl.DisplayNames('en', { type: 'region' });
	return getCountries(metadata)
		.map((code) => ({ name: names.of(code) ?? code, value: code }))
		.sort((one, other) => one.name.localeCompare(other.name));
}
