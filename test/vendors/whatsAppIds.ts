// The ids of WhatsApp that most of its vendors take, by hand: as they may be given, and as they are asked for.

/** A person in the spellings of a number, all of them asked for as `to`. */
export const spelledAs = (to: string) => ({
	'5511999998888': to,
	'5511999998888@c.us': to,
	'5511999998888@s.whatsapp.net': to,
});

/** A person whose number is hidden. */
export const HIDDEN_PERSON = { '65998849469@lid': '65998849469@lid' };

/** A group as they are now, and one of before 2021. */
export const GROUP_IDS = {
	'120363043968066561@g.us': '120363043968066561@g.us',
	'5511999999999-1623281429@g.us': '5511999999999-1623281429@g.us',
};

export const CHANNEL_IDS = { '120363144038483540@newsletter': '120363144038483540@newsletter' };
