/** Handlebars without its compiler, as one file: its types are those of the whole package. */
declare module 'handlebars/dist/handlebars.runtime.js' {
  import type Handlebars from 'handlebars';

  const runtime: typeof Handlebars;
  export default runtime;
}
