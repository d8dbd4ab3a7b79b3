import { BarChart, CustomChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { type EChartsType, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

/** The one door to ECharts: only what is used is registered, and only charts that were asked for are loaded (import() this file). */
use([BarChart, LineChart, CustomChart, GridComponent, LegendComponent, TooltipComponent, MarkLineComponent, SVGRenderer])

/** A chart in this element, drawn as SVG so that it prints and scales. */
export const draw = (element: HTMLElement): EChartsType => init(element, undefined, { renderer: 'svg' })
