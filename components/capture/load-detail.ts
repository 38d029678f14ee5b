/** The first look at a bin needs the list alone; a link to a capture comes with it. */
export const loadDetail = () => import("#components/capture/capture-detail.tsx");
