// The options of a message in the panel, from what the providers declare.
import type { INodeProperties } from 'n8n-workflow';

import type { OptionKind } from '../providers/Provider';

/** An option as the panel's collection holds it. */
export function optionProperty(
	name: string,
	{ displayName, description, placeholder, value }: OptionKind,
): INodeProperties {
	const common = {
		displayName,
		name,
		description,
		...(placeholder !== undefined && { placeholder }),
	};
	switch (value.kind) {
		case 'text':
			return { ...common, type: 'string', default: '' };
		case 'switch':
			return { ...common, type: 'boolean', default: value.default };
		case 'json':
			return { ...common, type: 'json', default: '{}' };
		case 'choice':
			return { ...common, type: 'options', options: [...value.choices], default: value.default };
		case 'number':
			return {
				...common,
				type: 'number',
				typeOptions: {
					minValue: value.min,
					maxValue: value.max,
					...(value.isWhole && { numberPrecision: 0 }),
				},
				default: value.default,
			};
	}
}
