/** The signed-in part of the app, apart from the sign-in screen so that this one paints first. Asked again it is there at once. */
export const fetchDesk = () => import('./Desk.svelte')
